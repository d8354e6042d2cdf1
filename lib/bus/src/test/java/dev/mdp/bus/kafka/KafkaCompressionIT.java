package dev.mdp.bus.kafka;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.testkit.bus.BusEvents;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Events are packed unless the operator says otherwise, and are the same events by every way of
/// packing.
class KafkaCompressionIT {
  private static final int EVENTS = 2_000;

  @ParameterizedTest
  @CsvSource({"zstd, true", "lz4, true", "gzip, true", "snappy, true", "none, false", "'', true"})
  void eventsComeBackFromEveryCompression(String type, boolean packed) throws Exception {
    String topic = "packed." + UUID.randomUUID();
    TreeMap<String, String> properties = new TreeMap<>();
    if (!type.isEmpty()) {
      properties.put("compression.type", type);
    }
    SharedKafka.open(topic, 1).close();
    try (KafkaBus bus =
            new KafkaBus(
                KafkaSettings.of(SharedKafka.servers(), topic, 1, properties), BusMetrics.NONE);
        Publisher publisher = bus.openPublisher(topic);
        ShardSubscription log = bus.openShard(topic, 0)) {
      publisher.publish(ticks("SPY", 0, EVENTS));

      assertThat(events(BusEvents.read(log, EVENTS))).isEqualTo(ticks("SPY", 0, EVENTS));
    }
    assertThat(bytes(topic) / EVENTS < 100).isEqualTo(packed);
  }

  /// What the topic's only partition takes on the broker's disk.
  private static long bytes(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", SharedKafka.servers()))) {
      List<Integer> brokers = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
      return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
          .flatMap(folders -> folders.values().stream())
          .map(folder -> folder.replicaInfos().get(new TopicPartition(topic, 0)))
          .filter(replica -> replica != null)
          .mapToLong(replica -> replica.size())
          .max()
          .orElseThrow();
    }
  }
}
