package dev.mdp.cli.scenario;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.RawPublisher;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.bus.Topics;
import java.util.Optional;

/// A bus on whose way a producer may die. Thread-safe.
record MortalBus(EventBus bus, Mortality mortality) implements EventBus {
  @Override
  public int shards() {
    return bus.shards();
  }

  @Override
  public Publisher openPublisher(String topic) {
    return mortality.of(bus.openPublisher(topic));
  }

  @Override
  public DeadLetterPublisher openDeadLetters(String topic) {
    return bus.openDeadLetters(topic);
  }

  @Override
  public RawPublisher openRaw(String topic) {
    return bus.openRaw(topic);
  }

  @Override
  public ShardSubscription openShard(String topic, int shard) {
    return bus.openShard(topic, shard);
  }

  @Override
  public CompetingSubscription openCompeting(String topic, String group, String consumer) {
    return bus.openCompeting(topic, group, consumer);
  }

  @Override
  public Optional<ShardAssignment> openAssignment(String topic, String group, String member) {
    return bus.openAssignment(topic, group, member);
  }

  @Override
  public BusInspector inspector() {
    return bus.inspector();
  }

  @Override
  public Topics topics() {
    return bus.topics();
  }

  @Override
  public void ping() {
    bus.ping();
  }

  @Override
  public void close() {
    // the bus is of all producers
  }
}
