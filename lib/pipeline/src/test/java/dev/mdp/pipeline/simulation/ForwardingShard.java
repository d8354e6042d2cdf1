package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Hands every call on: what changes one of them extends it.
class ForwardingShard implements ShardSubscription {
  private final ShardSubscription next;

  ForwardingShard(ShardSubscription next) {
    this.next = next;
  }

  @Override
  public int shard() {
    return next.shard();
  }

  @Override
  public void seek(Position first) {
    next.seek(first);
  }

  @Override
  public List<Delivery> poll(int max, Duration wait) {
    return next.poll(max, wait);
  }

  @Override
  public boolean reachedEnd() {
    return next.reachedEnd();
  }

  @Override
  public Position appendedSince(long appendMicros) {
    return next.appendedSince(appendMicros);
  }

  @Override
  public LogBounds bounds() {
    return next.bounds();
  }

  @Override
  public Optional<LogAnchor> anchor(Position position) {
    return next.anchor(position);
  }

  @Override
  public void keepAnchor(Position entry) {
    next.keepAnchor(entry);
  }

  @Override
  public void seekPastLoss(Position first) {
    next.seekPastLoss(first);
  }

  @Override
  public boolean isWholeAfter(Position read) {
    return next.isWholeAfter(read);
  }

  @Override
  public void trimBefore(Position position, Instant appendedBefore) {
    next.trimBefore(position, appendedBefore);
  }

  @Override
  public void mirror(String group, Position position) {
    next.mirror(group, position);
  }

  @Override
  public void close() {
    next.close();
  }
}
