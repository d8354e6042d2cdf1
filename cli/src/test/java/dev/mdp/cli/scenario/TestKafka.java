package dev.mdp.cli.scenario;

import dev.mdp.embedded.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One Kafka broker for all scenarios of this process, or the one of `MDP_TEST_KAFKA_BOOTSTRAP`. It
/// starts at first use.
final class TestKafka {
  private static @Nullable String servers;

  private TestKafka() {}

  static synchronized String servers() {
    String known = servers;
    if (known == null) {
      String given = System.getenv("MDP_TEST_KAFKA_BOOTSTRAP");
      known = given == null || given.isBlank() ? start().bootstrapServers() : given;
      servers = known;
    }
    return known;
  }

  /// A broker for one test alone.
  static EmbeddedKafka start() {
    return EmbeddedKafka.startTemporary(Path.of(System.getProperty("mdp.kafka.lib")), Map.of());
  }

  /// A broker for one test alone that misses a member that died soon.
  static EmbeddedKafka startImpatient() {
    return EmbeddedKafka.startTemporary(
        Path.of(System.getProperty("mdp.kafka.lib")),
        Map.of(
            "group.consumer.session.timeout.ms",
            "1500",
            "group.consumer.heartbeat.interval.ms",
            "500"));
  }
}
