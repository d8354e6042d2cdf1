package dev.mdp.providers.ordinals;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.CheckpointAdmin;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.StoredTicks.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A provider's ticks that were on the bus when this was asked first and that the tick group has
/// not stored. While the group moves it is waited for; where it stands still, the rest of the log
/// is read. Memory: at most [FoundTicks#MOST] ticks. One thread.
public final class UnstoredTicks implements AutoCloseable {
  private static final int READ = 1_000;
  private static final Duration WAIT = Duration.ofMillis(200);

  private final EventBus bus;
  private final CheckpointAdmin admin;
  private final TickGroup group;
  private final String provider;
  private final InstantSource clock;
  private final FoundTicks found;
  private final List<Shard> shards = new ArrayList<>();
  private Map<Integer, Position> stored = Map.of();
  private Instant movedAt = Instant.MIN;
  private boolean reading;
  private boolean ready;

  public UnstoredTicks(
      EventBus bus, CheckpointAdmin admin, TickGroup group, String provider, InstantSource clock) {
    this.bus = bus;
    this.admin = admin;
    this.group = group;
    this.provider = provider;
    this.found = new FoundTicks(provider);
    this.clock = clock;
  }

  /// One shard's log, up to the entry that was its last one.
  private static final class Shard {
    final ShardSubscription log;
    final Position last;
    boolean read;

    Shard(ShardSubscription log, Position last) {
      this.log = log;
      this.last = last;
    }
  }

  /// Does a step; true when all is stored or found. Throws [dev.mdp.core.error.DataException] when
  /// too much is not stored.
  boolean step() {
    if (ready) {
      return true;
    }
    if (movedAt.equals(Instant.MIN)) {
      open();
      movedAt = clock.instant();
    }
    if (!reading) {
      Map<Integer, Position> now = positions();
      shards.forEach(shard -> shard.read |= !shard.last.isAfter(at(now, shard)));
      if (!now.equals(stored)) {
        stored = now;
        movedAt = clock.instant();
      }
      reading = now.isEmpty() || !clock.instant().isBefore(movedAt.plus(group.patience()));
      if (reading) {
        shards.stream().filter(shard -> !shard.read).forEach(this::seek);
      }
    } else {
      shards.stream().filter(shard -> !shard.read).findFirst().ifPresent(this::read);
    }
    ready = shards.stream().allMatch(shard -> shard.read);
    if (ready) {
      close();
    }
    return ready;
  }

  /// Whether it waits for the tick group now.
  boolean isIdle() {
    return !ready && !reading;
  }

  /// What was found at this moment, in the order of the log.
  List<Tick> at(Moment moment) {
    return found.at(moment);
  }

  @Override
  public void close() {
    shards.forEach(shard -> shard.log.close());
    shards.clear();
  }

  private void open() {
    for (int shard = shards.size(); shard < group.shards(); shard++) {
      ShardSubscription log = bus.openShard(group.topic(), shard);
      shards.add(new Shard(log, log.bounds().last().orElse(Position.START)));
    }
  }

  private Map<Integer, Position> positions() {
    Map<Integer, Position> positions = new TreeMap<>();
    for (CheckpointStatus row : admin.list(group.topic())) {
      if (row.key().group().equals(group.name())) {
        positions.put(row.key().shard(), row.checkpoint().position());
      }
    }
    return positions;
  }

  private static Position at(Map<Integer, Position> positions, Shard shard) {
    return positions.getOrDefault(shard.log.shard(), Position.START);
  }

  private void seek(Shard shard) {
    Position stored = at(this.stored, shard);
    Optional<Position> first = shard.log.bounds().first();
    shard.log.seek(first.filter(begin -> begin.isAfter(stored)).orElse(stored));
  }

  private void read(Shard shard) {
    List<Delivery> deliveries = shard.log.poll(READ, WAIT);
    Position from = at(stored, shard);
    for (Delivery delivery : deliveries) {
      if (delivery.position().isAfter(shard.last)) {
        shard.read = true;
        return;
      }
      if (delivery.position().isAfter(from)
          && delivery instanceof Delivery.Decoded decoded
          && decoded.event() instanceof Tick tick
          && tick.provider().equals(provider)) {
        found.add(tick);
      }
    }
    boolean came = !deliveries.isEmpty() && !shard.last.isAfter(deliveries.getLast().position());
    shard.read = came || shard.log.reachedEnd();
  }
}
