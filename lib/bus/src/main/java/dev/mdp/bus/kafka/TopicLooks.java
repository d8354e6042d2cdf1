package dev.mdp.bus.kafka;

import dev.mdp.core.error.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// What the cluster says of its topics, now or a moment ago. Thread-safe.
final class TopicLooks {
  private static final Duration RECENT = Duration.ofMillis(200);

  private final KafkaClients clients;
  private final Admin admin;
  private final Map<String, Look> looks = new ConcurrentHashMap<>();

  /// A question on its way, or its answer.
  private record Look(long begun, KafkaFuture<Map<String, TopicDescription>> answer) {}

  TopicLooks(KafkaClients clients, Admin admin) {
    this.clients = clients;
    this.admin = admin;
  }

  /// The topic as the cluster has it now; null when there is none.
  @Nullable TopicDescription fresh(String topic) {
    return answer(topic, ask(topic));
  }

  /// As [#fresh], for others to find by [#recent].
  @Nullable TopicDescription shared(String topic) {
    Look look = new Look(System.nanoTime(), ask(topic));
    looks.put(topic, look);
    return answer(topic, look.answer);
  }

  /// The topic as it was at most [#RECENT] ago, or as it is being asked for.
  @Nullable TopicDescription recent(String topic) {
    long now = System.nanoTime();
    Look look =
        looks.compute(
            topic,
            (_, last) ->
                last != null && now - last.begun < RECENT.toNanos()
                    ? last
                    : new Look(now, ask(topic)));
    return answer(topic, look.answer);
  }

  private KafkaFuture<Map<String, TopicDescription>> ask(String topic) {
    return admin.describeTopics(List.of(topic)).allTopicNames();
  }

  private @Nullable TopicDescription answer(
      String topic, KafkaFuture<Map<String, TopicDescription>> asked) {
    try {
      return clients.answer(asked).get(topic);
    } catch (UnavailableException e) {
      if (e.getCause() instanceof ExecutionException wrapped
          && wrapped.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw e;
    }
  }
}
