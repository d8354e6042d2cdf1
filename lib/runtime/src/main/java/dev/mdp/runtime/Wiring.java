package dev.mdp.runtime;

import dev.mdp.bus.kafka.KafkaBus;
import dev.mdp.bus.kafka.KafkaSettings;
import dev.mdp.bus.redis.RedisBus;
import dev.mdp.bus.redis.RedisSettings;
import dev.mdp.config.BusConfig;
import dev.mdp.config.KafkaConfig;
import dev.mdp.config.MdpConfig;
import dev.mdp.config.RedisConfig;
import dev.mdp.config.StoreConfig;
import dev.mdp.config.read.Secret;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.database.StoreSettings;
import java.util.SortedMap;
import java.util.TreeMap;

/// The only place that knows which class stands behind a port.
public final class Wiring {
  private Wiring() {}

  public static EventBus bus(MdpConfig config, BusMetrics metrics) {
    return switch (config.bus()) {
      case RedisConfig redis ->
          new RedisBus(
              RedisSettings.of(redis.uri().reveal(), redis.stream(), redis.shards())
                  .withDeadLetterRetention(redis.deadLetterRetention().duration())
                  .withTlsCa(redis.tlsCa()),
              metrics);
      case KafkaConfig kafka ->
          new KafkaBus(
              KafkaSettings.of(
                      kafka.bootstrapServers().reveal(),
                      kafka.topic(),
                      kafka.partitions(),
                      revealed(kafka.properties()))
                  .withRetention(kafka.retention().duration()),
              metrics);
    };
  }

  public static PostgresStore store(MdpConfig config, StoreMetrics metrics, String application) {
    StoreConfig store = config.store();
    return new PostgresStore(
        StoreSettings.of(store.url().reveal(), store.poolMax(), "mdp " + application)
            .behindPooler(
                store.pooler() == StoreConfig.Pooler.TRANSACTION,
                store.directUrl().map(Secret::reveal).orElse(null)),
        metrics);
  }

  private static SortedMap<String, String> revealed(SortedMap<String, Secret> properties) {
    SortedMap<String, String> revealed = new TreeMap<>();
    properties.forEach((name, value) -> revealed.put(name, value.reveal()));
    return revealed;
  }

  /// The word for the bus in metrics.
  public static String busName(MdpConfig config) {
    return switch (config.bus()) {
      case RedisConfig _ -> "redis";
      case KafkaConfig _ -> "kafka";
    };
  }

  /// The name of a consumer group on this bus: the configured prefix, then what it does.
  public static String group(BusConfig bus, String what) {
    return bus.consumerGroup() + "-" + what;
  }
}
