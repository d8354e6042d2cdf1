package dev.mdp.config;

import dev.mdp.core.event.Interval;
import java.util.List;

/// The chosen bus. Both sections of the file are read and judged, whichever is chosen.
public sealed interface BusConfig permits RedisConfig, KafkaConfig {
  /// The topic (Redis: stream) of market events.
  String topic();

  String signalsTopic();

  /// Prefix of the names of the consumer groups.
  String consumerGroup();

  /// How many shards the events topic has.
  int shards();

  /// How long the bus keeps entries at least, however far the groups have come.
  Interval retention();

  /// Where a shard of the events topic lies, for people and other programs.
  String log(int shard);

  /// Every topic that is written, dead letters included.
  default List<String> topics() {
    return List.of(topic(), topic() + ".dlq", signalsTopic());
  }

  /// `bus.type`.
  enum Type {
    REDIS,
    KAFKA
  }
}
