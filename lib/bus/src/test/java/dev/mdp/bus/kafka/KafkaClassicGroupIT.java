package dev.mdp.bus.kafka;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.bus.ShardAssignment.State;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.embedded.kafka.EmbeddedKafka;
import dev.mdp.testkit.bus.BusEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.GroupType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Brokers whose members assign the shards among themselves, as those before 4.0 have it.
class KafkaClassicGroupIT {
  private static final String TOPIC = "classic";
  private static final int SHARDS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static EmbeddedKafka broker;
  private static KafkaBus bus;

  @BeforeAll
  static void start() {
    broker = SharedKafka.start();
    KafkaSettings settings =
        KafkaSettings.of(broker.bootstrapServers(), TOPIC, SHARDS, new TreeMap<>());
    KafkaClients clients = new KafkaClients(settings);
    try (Admin admin = clients.admin()) {
      clients.answer(
          admin
              .updateFeatures(
                  Map.of(
                      "group.version",
                      new FeatureUpdate((short) 0, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)),
                  new UpdateFeaturesOptions())
              .all());
    }
    bus = new KafkaBus(settings, BusMetrics.NONE);
    bus.topics().create(List.of(TOPIC, TOPIC + ".dlq"), 1);
  }

  @AfterAll
  static void stop() {
    bus.close();
    broker.close();
  }

  @Test
  void secondMemberGetsHalfOfTheShardsAndReturnsThemWhenItLeaves() {
    try (ShardAssignment a = bus.openAssignment(TOPIC, "bars", "a").orElseThrow()) {
      awaitHeld(a, SHARDS);
      IntStream.range(0, SHARDS).forEach(a::taken);
      try (ShardAssignment b = bus.openAssignment(TOPIC, "bars", "b").orElseThrow()) {
        await().atMost(PATIENCE).until(() -> all(a).contains(State.REVOKED));
        assertThat(all(b)).containsOnly(State.NOT_ASSIGNED);
        assertThat(types()).contains(GroupType.CLASSIC).doesNotContain(GroupType.CONSUMER);

        for (int shard = 0; shard < SHARDS; shard++) {
          if (a.of(shard) == State.REVOKED) {
            a.letGo(shard);
          }
        }

        awaitHeld(b, SHARDS / 2);
        awaitHeld(a, SHARDS / 2);
      }
      awaitHeld(a, SHARDS);
    }
  }

  @Test
  void whatOneMemberAckedTheNextDoesNotGet() {
    try (Publisher publisher = bus.openPublisher(TOPIC)) {
      publisher.publish(ticks("SPY", 0, 20));
    }
    try (CompetingSubscription first = bus.openCompeting(TOPIC, "ticks", "first")) {
      List<Delivery> read = BusEvents.read(first, 10);
      first.ack(read);
    }
    try (CompetingSubscription next = bus.openCompeting(TOPIC, "ticks", "next")) {
      List<Delivery> rest = BusEvents.read(next, 10);
      assertThat(events(rest)).isEqualTo(ticks("SPY", 10, 20));
      next.ack(rest);
    }
  }

  private static List<GroupType> types() {
    KafkaClients clients =
        new KafkaClients(
            KafkaSettings.of(broker.bootstrapServers(), TOPIC, SHARDS, new TreeMap<>()));
    try (Admin admin = clients.admin()) {
      return clients.answer(admin.listGroups().all()).stream()
          .map(GroupListing::type)
          .flatMap(java.util.Optional::stream)
          .toList();
    }
  }

  private static void awaitHeld(ShardAssignment member, int count) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            all(member).stream()
                    .filter(share -> share == State.NEWLY_ASSIGNED || share == State.ASSIGNED)
                    .count()
                == count);
  }

  private static List<State> all(ShardAssignment member) {
    return IntStream.range(0, SHARDS).mapToObj(member::of).toList();
  }
}
