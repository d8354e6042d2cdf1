package dev.mdp.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Topics.Plan;
import dev.mdp.core.bus.Topics.State;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.metrics.BusMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/// What must hold of a topic before it is used, and how it is made.
class KafkaTopicsIT {
  private final String topic = "topics." + UUID.randomUUID();

  @Test
  void createsWhatIsMissingAndLeavesWhatIsThere() {
    try (KafkaBus bus = bus(3)) {
      List<String> names = List.of(topic, topic + ".dlq");

      assertThat(bus.topics().plan(names, 1)).extracting(Plan::state).containsOnly(State.MISSING);
      assertThat(bus.topics().create(names, 1)).extracting(Plan::state).containsOnly(State.CREATED);
      List<Plan> after = bus.topics().create(names, 1);

      assertThat(after).extracting(Plan::state).containsOnly(State.PRESENT);
      assertThat(after).extracting(Plan::shards).containsExactly(3, 1);
      assertThat(after.getFirst().settings())
          .isEqualTo(
              "cleanup.policy=delete message.timestamp.type=LogAppendTime retention.ms=604800000");
      assertThat(after.getLast().settings()).doesNotContain("retention");
    }
  }

  @Test
  void aMissingTopicNamesTheCommandThatMakesIt() {
    try (KafkaBus bus = bus(1)) {
      assertThatThrownBy(() -> bus.openShard(topic, 0))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("has no topic " + topic)
          .hasMessageContaining("mdp stream topics create");
    }
  }

  @Test
  void aTopicThatIsStampedByItsProducersIsRefused() {
    create(2, Map.of("message.timestamp.type", "CreateTime"));
    try (KafkaBus bus = bus(2)) {
      assertThatThrownBy(() -> bus.openPublisher(topic))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("message.timestamp.type=CreateTime")
          .hasMessageContaining("--add-config message.timestamp.type=LogAppendTime");
    }
  }

  @Test
  void aCompactedTopicIsRefused() {
    create(1, Map.of("message.timestamp.type", "LogAppendTime", "cleanup.policy", "compact"));
    try (KafkaBus bus = bus(1)) {
      assertThatThrownBy(() -> bus.openShard(topic, 0))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("cleanup.policy=compact");
    }
  }

  @Test
  void anotherNumberOfPartitionsIsRefused() {
    create(2, Map.of("message.timestamp.type", "LogAppendTime"));
    try (KafkaBus bus = bus(3)) {
      assertThatThrownBy(() -> bus.openShard(topic, 0))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(topic + " has 2 partitions, bus.kafka.partitions says 3");
    }
  }

  @Test
  void aClusterThatIsNotThereIsUnavailableAndNamed() {
    KafkaSettings settings =
        new KafkaSettings(
            "127.0.0.1:1",
            topic,
            1,
            Duration.ofDays(1),
            new TreeMap<>(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ZERO);
    try (KafkaBus bus = new KafkaBus(settings, BusMetrics.NONE)) {
      assertThatThrownBy(bus::ping)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("Kafka at 127.0.0.1:1 is not available");
    }
  }

  @Test
  void whatExactnessRestsOnCannotBeSet() {
    assertThatThrownBy(() -> settings(Map.of("auto.offset.reset", "earliest")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "bus.kafka.properties.auto.offset.reset: cannot be set: a lost log must be reported, not skipped");
    assertThatThrownBy(() -> settings(Map.of("sasl.mechansm", "PLAIN")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bus.kafka.properties.sasl.mechansm: no setting of a Kafka client");
  }

  @Test
  void secretsAreNotSaid() {
    KafkaSettings settings =
        settings(
            Map.of(
                "sasl.jaas.config", "password=\"open sesame\"", "security.protocol", "SASL_SSL"));

    assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("open sesame");
  }

  private KafkaSettings settings(Map<String, String> properties) {
    return KafkaSettings.of("127.0.0.1:1", topic, 1, new TreeMap<>(properties));
  }

  private KafkaBus bus(int shards) {
    return new KafkaBus(SharedKafka.settings(topic, shards), BusMetrics.NONE);
  }

  private void create(int partitions, Map<String, String> config) {
    KafkaClients clients = new KafkaClients(SharedKafka.settings(topic, partitions));
    try (Admin admin = clients.admin()) {
      clients.answer(
          admin
              .createTopics(
                  List.of(
                      new NewTopic(topic, Optional.of(partitions), Optional.empty())
                          .configs(config)))
              .all());
    }
  }

  /// Adds partitions under a running reader.
  static void grow(String topic, int partitions) {
    KafkaClients clients = new KafkaClients(SharedKafka.settings(topic, 1));
    try (Admin admin = clients.admin()) {
      clients.answer(
          admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all());
    }
  }
}
