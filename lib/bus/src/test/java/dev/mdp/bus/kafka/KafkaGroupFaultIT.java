package dev.mdp.bus.kafka;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mdp.bus.DeliveryDecoder;
import dev.mdp.bus.ReadPace;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.metrics.BusMetrics;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/// A member of a group whose broker goes away at a bad moment.
class KafkaGroupFaultIT {
  private final String topic = "fault." + UUID.randomUUID();
  private final AtomicInteger refusals = new AtomicInteger();

  @Test
  void shardsWhosePlaceWasUnknownWhenAssignedAreReadLater() {
    AtomicInteger failures = new AtomicInteger(1);
    withFiveTicks(
        member -> failing(member, failures),
        group -> {
          assertThat(events(readFive(group))).isEqualTo(ticks("SPY", 0, 5));
          assertThat(failures).hasValue(0);
          assertThat(refusals).hasValue(0);
        });
  }

  /// The client's own thread notes it before the next poll tells.
  @Test
  void aPartitionTakenAwayWhileTheMemberRestsIsNoError() {
    AtomicInteger failures = new AtomicInteger();
    withFiveTicks(
        member -> takenAway(member, failures),
        group -> {
          await()
              .atMost(Duration.ofSeconds(40))
              .until(() -> !group.poll(10, Duration.ofMillis(50)).isEmpty());
          failures.set(2);

          group.idle();

          assertThat(failures).hasValue(1);
        });
  }

  /// They are in no one's hands: the caller never got them.
  @Test
  void entriesWhoseCommitFailedAreGivenAgain() {
    AtomicInteger failures = new AtomicInteger(1);
    withFiveTicks(
        member ->
            failing(
                member, "commitSync", failures, () -> new TimeoutException("the broker is away")),
        group -> {
          List<Delivery> all = readFive(group);

          assertThat(events(all)).isEqualTo(ticks("SPY", 0, 5));
          assertThat(refusals).hasValue(1);
          group.ack(all);
          assertThat(group.lowWater(0)).isEqualTo(all.getLast().position());
        });
  }

  /// A topic with five ticks, and a group of one member that has this client.
  private void withFiveTicks(
      UnaryOperator<Consumer<ByteBuffer, ByteBuffer>> client,
      java.util.function.Consumer<KafkaGroup> test) {
    try (EventBus bus = SharedKafka.open(topic, 1);
        Publisher publisher = bus.openPublisher(topic)) {
      publisher.publish(ticks("SPY", 0, 5));
      KafkaClients clients = new KafkaClients(SharedKafka.settings(topic, 1));
      KafkaLog looks = new KafkaLog(clients);
      try (var admin = clients.admin();
          KafkaGroup group =
              new KafkaGroup(
                  clients,
                  looks,
                  new TopicCheck(clients, admin),
                  client.apply(clients.member("group." + topic, "one", "consumer", 100)),
                  topic,
                  1,
                  new DeliveryDecoder(1, BusMetrics.NONE),
                  new ReadPace(Duration.ZERO))) {
        test.accept(group);
      } finally {
        looks.close();
      }
    }
  }

  private List<Delivery> readFive(KafkaGroup group) {
    List<Delivery> all = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> {
          try {
            all.addAll(group.poll(10, Duration.ofMillis(50)));
          } catch (UnavailableException e) {
            refusals.incrementAndGet();
          }
          return all.size() == 5;
        });
    return all;
  }

  /// Whose partitions are gone so often when it resumes them.
  private static Consumer<ByteBuffer, ByteBuffer> takenAway(
      Consumer<ByteBuffer, ByteBuffer> consumer, AtomicInteger failures) {
    return failing(
        consumer,
        "resume",
        failures,
        () -> new IllegalStateException("No current assignment for partition"));
  }

  /// Cannot say what is committed, so often.
  private static Consumer<ByteBuffer, ByteBuffer> failing(
      Consumer<ByteBuffer, ByteBuffer> consumer, AtomicInteger failures) {
    return failing(
        consumer, "committed", failures, () -> new TimeoutException("the broker is away"));
  }

  @SuppressWarnings("unchecked")
  private static Consumer<ByteBuffer, ByteBuffer> failing(
      Consumer<ByteBuffer, ByteBuffer> consumer,
      String call,
      AtomicInteger failures,
      Supplier<RuntimeException> error) {
    return (Consumer<ByteBuffer, ByteBuffer>)
        Proxy.newProxyInstance(
            Consumer.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (_, method, arguments) -> {
              if (method.getName().equals(call)
                  && failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw error.get();
              }
              try {
                return method.invoke(consumer, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
