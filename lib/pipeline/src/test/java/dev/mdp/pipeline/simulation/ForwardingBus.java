package dev.mdp.pipeline.simulation;

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

/// Hands every call on: what changes one of them extends it.
class ForwardingBus implements EventBus {
  private final EventBus next;

  ForwardingBus(EventBus next) {
    this.next = next;
  }

  @Override
  public int shards() {
    return next.shards();
  }

  @Override
  public Publisher openPublisher(String topic) {
    return next.openPublisher(topic);
  }

  @Override
  public DeadLetterPublisher openDeadLetters(String topic) {
    return next.openDeadLetters(topic);
  }

  @Override
  public RawPublisher openRaw(String topic) {
    return next.openRaw(topic);
  }

  @Override
  public ShardSubscription openShard(String topic, int shard) {
    return next.openShard(topic, shard);
  }

  @Override
  public CompetingSubscription openCompeting(String topic, String group, String consumer) {
    return next.openCompeting(topic, group, consumer);
  }

  @Override
  public Optional<ShardAssignment> openAssignment(String topic, String group, String member) {
    return next.openAssignment(topic, group, member);
  }

  @Override
  public Topics topics() {
    return next.topics();
  }

  @Override
  public BusInspector inspector() {
    return next.inspector();
  }

  @Override
  public void ping() {
    next.ping();
  }

  @Override
  public void close() {
    next.close();
  }
}
