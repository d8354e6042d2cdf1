package dev.mdp.bus.kafka;

import java.util.Map;
import java.util.function.Supplier;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/// The Kafka image of the profile `kafka-image`, ended with this process by Testcontainers: one
/// broker that finds dead members as fast as the one that tests start by themselves.
public final class KafkaImage implements Supplier<String> {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
          "KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000",
          "KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "1000",
          "KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "6000",
          "KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "500",
          "KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS", "1000");

  @Override
  @SuppressWarnings("resource") // lives as long as the tests
  public String get() {
    DockerImageName image =
        DockerImageName.parse(System.getProperty("mdp.test.kafka.image"))
            .asCompatibleSubstituteFor("apache/kafka");
    KafkaContainer broker = new KafkaContainer(image).withEnv(SETTINGS);
    broker.start();
    return broker.getBootstrapServers();
  }
}
