package dev.mdp.bus.kafka;

import dev.mdp.core.bus.Shards;
import dev.mdp.core.error.ConfigException;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How to use a Kafka cluster as the bus.
///
/// @param bootstrapServers `host:port`, several separated by commas
/// @param eventsTopic the topic that has `partitions` partitions; every other topic has one
/// @param retention how long a topic that is created here keeps its entries
/// @param properties further settings of the clients, as Kafka names them, secrets among them; what
///   exactness rests on cannot be set here
/// @param requestTimeout how long one answer of a broker may take
/// @param publishRetry how long a publisher retries before it gives up and throws
/// @param linger how long after its last read a subscription waits at most before it asks again
public record KafkaSettings(
    String bootstrapServers,
    String eventsTopic,
    int partitions,
    Duration retention,
    SortedMap<String, String> properties,
    Duration requestTimeout,
    Duration publishRetry,
    Duration linger) {

  public KafkaSettings {
    if (partitions < 1 || partitions > Shards.MAX) {
      throw new ConfigException(
          "bus.kafka.partitions: must be 1 to " + Shards.MAX + ", was " + partitions);
    }
    if (requestTimeout.isNegative() || requestTimeout.isZero() || publishRetry.isNegative()) {
      throw new ConfigException(
          "requestTimeout and publishRetry: must be positive, were "
              + requestTimeout
              + ", "
              + publishRetry);
    }
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    ClientProperties.requireAllowed(properties);
  }

  /// The usual times; entries are kept for a week.
  public static KafkaSettings of(
      String bootstrapServers,
      String eventsTopic,
      int partitions,
      SortedMap<String, String> properties) {
    return new KafkaSettings(
        bootstrapServers,
        eventsTopic,
        partitions,
        Duration.ofDays(7),
        properties,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMillis(20));
  }

  public KafkaSettings withPublishRetry(Duration retry) {
    return new KafkaSettings(
        bootstrapServers,
        eventsTopic,
        partitions,
        retention,
        properties,
        requestTimeout,
        retry,
        linger);
  }

  public KafkaSettings withRetention(Duration length) {
    return new KafkaSettings(
        bootstrapServers,
        eventsTopic,
        partitions,
        length,
        properties,
        requestTimeout,
        publishRetry,
        linger);
  }

  /// How many shards this topic has.
  int shards(String topic) {
    return topic.equals(eventsTopic) ? partitions : 1;
  }

  /// Without the values of the properties.
  @Override
  public String toString() {
    return "KafkaSettings[%s, topic %s, %d partitions, properties %s]"
        .formatted(bootstrapServers, eventsTopic, partitions, properties.keySet());
  }
}
