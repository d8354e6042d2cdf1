package dev.mdp.bus.kafka;

import dev.mdp.core.bus.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;

/// Creates the topics: the events with their partitions and the brokers' time stamps, dead letters
/// with compaction, so that those that were removed go. Thread-safe.
final class KafkaTopics implements Topics {
  private static final String DEAD_LETTERS = ".dlq";

  private final KafkaClients clients;
  private final Admin admin;
  private final TopicCheck check;

  KafkaTopics(KafkaClients clients, Admin admin, TopicCheck check) {
    this.clients = clients;
    this.admin = admin;
    this.check = check;
  }

  static boolean isDeadLetters(String topic) {
    return topic.endsWith(DEAD_LETTERS);
  }

  static String deadLetters(String topic) {
    return topic + DEAD_LETTERS;
  }

  @Override
  public List<Plan> plan(List<String> topics, int replication) {
    return topics.stream().map(topic -> plan(topic, replication)).toList();
  }

  @Override
  public List<Plan> create(List<String> topics, int replication) {
    List<Plan> done = new ArrayList<>();
    for (Plan plan : plan(topics, replication)) {
      done.add(plan.state() == State.MISSING ? create(plan) : plan);
    }
    return done;
  }

  private Plan plan(String topic, int replication) {
    int shards = clients.settings().shards(topic);
    TopicDescription found = check.describe(topic);
    if (found == null) {
      return new Plan(topic, shards, replication, text(settings(topic)), State.MISSING);
    }
    check.require(topic, shards);
    int replicas = found.partitions().getFirst().replicas().size();
    return new Plan(topic, shards, replicas, text(settings(topic)), State.PRESENT);
  }

  private Plan create(Plan plan) {
    Optional<Short> replication =
        Optional.of((short) plan.replication()).filter(replicas -> replicas > 0);
    NewTopic topic =
        new NewTopic(plan.topic(), Optional.of(plan.shards()), replication)
            .configs(settings(plan.topic()));
    clients.answer(admin.createTopics(List.of(topic)).all());
    awaitKnown(plan.topic());
    return new Plan(
        plan.topic(), plan.shards(), plan.replication(), plan.settings(), State.CREATED);
  }

  /// A broker answers before it knows a new topic itself.
  private void awaitKnown(String topic) {
    long deadline = System.nanoTime() + clients.settings().requestTimeout().toNanos();
    while (check.describe(topic) == null && System.nanoTime() < deadline) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private Map<String, String> settings(String topic) {
    Map<String, String> settings = new TreeMap<>();
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, isDeadLetters(topic) ? "compact" : "delete");
    if (!isDeadLetters(topic)) {
      settings.put(
          TopicConfig.RETENTION_MS_CONFIG,
          Long.toString(clients.settings().retention().toMillis()));
    }
    return settings;
  }

  private static String text(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" "));
  }
}
