package dev.mdp.testkit;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One reader of a shard of [InMemoryBus]. One thread.
final class InMemoryShard implements ShardSubscription {
  private final InMemoryBus bus;
  private final int shard;
  private final InMemoryLog log;
  private final Set<Position> kept = new HashSet<>();
  private Position next = Position.START;
  private Position lastGiven = Position.START;
  private boolean reachedEnd;

  InMemoryShard(InMemoryBus bus, int shard, InMemoryLog log) {
    this.bus = bus;
    this.shard = shard;
    this.log = log;
  }

  @Override
  public int shard() {
    return shard;
  }

  @Override
  public void seek(Position first) {
    next = first;
    kept.clear();
    lastGiven = Position.START;
  }

  @Override
  public List<Delivery> poll(int max, Duration wait) {
    bus.faults.at("poll");
    int given = bus.stalled ? 0 : max;
    List<Delivery> batch = log.read(next, given);
    bus.faults.at("poll.after");
    reachedEnd = batch.size() < given;
    if (!batch.isEmpty()) {
      Position last = batch.getLast().position();
      next = new Position(last.major(), last.minor() + 1);
      lastGiven = last;
    }
    return batch;
  }

  @Override
  public boolean reachedEnd() {
    return reachedEnd;
  }

  @Override
  public Position appendedSince(long appendMicros) {
    bus.faults.at("since");
    return new Position(Math.max(0, Math.floorDiv(appendMicros, 1_000)), 0);
  }

  @Override
  public LogBounds bounds() {
    bus.faults.at("bounds");
    return log.bounds();
  }

  @Override
  public String incarnation() {
    bus.faults.at("incarnation");
    return "life " + log.life();
  }

  @Override
  public Optional<LogAnchor> anchor(Position position) {
    bus.soughtAnchors += kept.contains(position) || position.equals(lastGiven) ? 0 : 1;
    return look(position);
  }

  @Override
  public void keepAnchor(Position entry) {
    kept.add(entry);
  }

  @Override
  public boolean isWholeAfter(Position read) {
    return look(read).isPresent();
  }

  private Optional<LogAnchor> look(Position position) {
    bus.faults.at("anchor");
    return log.entry(position);
  }

  @Override
  public void trimBefore(Position position, Instant appendedBefore) {
    bus.faults.at("trim");
    log.trimBefore(position, appendedBefore);
  }

  @Override
  public boolean isShortOfMemory() {
    return bus.shortOfMemory;
  }

  @Override
  public void mirror(String group, Position position) {
    bus.faults.at("mirror");
  }

  @Override
  public void close() {}
}
