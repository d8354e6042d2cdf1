package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Hands every call on: what changes one of them extends it.
class ForwardingMember implements CompetingSubscription {
  private final CompetingSubscription next;

  ForwardingMember(CompetingSubscription next) {
    this.next = next;
  }

  @Override
  public List<Delivery> poll(int max, Duration wait) {
    return next.poll(max, wait);
  }

  @Override
  public List<Delivery> claimIdle(Duration idle, int max) {
    return next.claimIdle(idle, max);
  }

  @Override
  public void ack(List<Delivery> deliveries) {
    next.ack(deliveries);
  }

  @Override
  public Position lowWater(int shard) {
    return next.lowWater(shard);
  }

  @Override
  public LogBounds bounds(int shard) {
    return next.bounds(shard);
  }

  @Override
  public Optional<LogAnchor> anchor(int shard, Position position) {
    return next.anchor(shard, position);
  }

  @Override
  public Optional<LogAnchor> anchorBefore(int shard, Position position) {
    return next.anchorBefore(shard, position);
  }

  @Override
  public String generation(int shard) {
    return next.generation(shard);
  }

  @Override
  public Optional<String> moveTo(int shard, Position position) {
    return next.moveTo(shard, position);
  }

  @Override
  public List<LostEntries> takeLost() {
    return next.takeLost();
  }

  @Override
  public Set<Integer> takeRevoked() {
    return next.takeRevoked();
  }

  @Override
  public void idle() {
    next.idle();
  }

  @Override
  public void close() {
    next.close();
  }
}
