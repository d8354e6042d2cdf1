package dev.mdp.core.bus;

import java.util.Optional;

/// Opens publishers, subscriptions and the inspector of one bus. Thread-safe; owns its connections;
/// what it opened must be closed before it.
public interface EventBus extends AutoCloseable {
  /// How many shards the events topic has on this bus.
  int shards();

  /// Opens a publisher of market events. Throws [dev.mdp.core.error.UnavailableException].
  Publisher openPublisher(String topic);

  /// Opens a publisher of dead letters to `<topic>.dlq`.
  DeadLetterPublisher openDeadLetters(String topic);

  /// Opens a publisher of payloads that are entries already.
  RawPublisher openRaw(String topic);

  /// Opens one shard's log for a stateful consumer, to be read by position.
  ShardSubscription openShard(String topic, int shard);

  /// Joins a consumer group over all shards, for a stateless consumer. Creates the group at the
  /// log's first entry.
  CompetingSubscription openCompeting(String topic, String group, String consumer);

  /// Joins a consumer group whose members share the shards of a topic, where the bus itself assigns
  /// them; empty where it does not.
  ///
  /// @param member this process's name, for people who look
  Optional<ShardAssignment> openAssignment(String topic, String group, String member);

  BusInspector inspector();

  Topics topics();

  /// Throws [dev.mdp.core.error.UnavailableException] when the bus does not answer now.
  void ping();

  @Override
  void close();
}
