package dev.mdp.testkit;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A consumer group in memory with the rules of the real one: every entry goes to one member, stays
/// pending until it is acknowledged, and may be claimed after an idle time. After an error a member
/// reads its own pending entries again. One thread.
final class InMemoryGroup {
  private final List<InMemoryLog> logs;
  private final ManualClock clock;
  private final Faults faults;
  private final List<Shard> shards = new ArrayList<>();

  private record Pending(Delivery delivery, String consumer, Instant since) {}

  private static final class Shard {
    private final TreeMap<Position, Pending> pending = new TreeMap<>();
    private int delivered;
    private Position lastDelivered = Position.START;

    /// What was given by now; stays when the group is moved back.
    private Position given = Position.START;

    private int moves;
  }

  InMemoryGroup(List<InMemoryLog> logs, ManualClock clock, Faults faults) {
    this.logs = logs;
    this.clock = clock;
    this.faults = faults;
    logs.forEach(_ -> shards.add(new Shard()));
  }

  CompetingSubscription join(String consumer) {
    return new Member(consumer);
  }

  private final class Member implements CompetingSubscription {
    private final String consumer;
    private final Map<Integer, Set<Position>> held = new HashMap<>();
    private final Map<Integer, Integer> movesKnown = new HashMap<>();
    private final Set<Integer> revoked = new HashSet<>();
    private boolean readsOwn = true;

    Member(String consumer) {
      this.consumer = consumer;
      for (int i = 0; i < shards.size(); i++) {
        held.put(i, new HashSet<>());
        movesKnown.put(i, shards.get(i).moves);
      }
    }

    @Override
    public List<Delivery> poll(int max, Duration wait) {
      faults.at("poll");
      List<Delivery> batch = new ArrayList<>();
      if (readsOwn) {
        shards.forEach(shard -> readOwn(shard, batch));
        readsOwn = false;
      }
      for (int i = 0; i < shards.size(); i++) {
        readNew(i, batch, max);
      }
      return answer("poll.after", batch);
    }

    /// What was handed out in a reply that was lost is read again as own pending entries.
    private List<Delivery> answer(String point, List<Delivery> batch) {
      readsOwn = true;
      faults.at(point);
      readsOwn = false;
      batch.forEach(delivery -> heldIn(delivery.shard()).add(delivery.position()));
      return batch;
    }

    private void readOwn(Shard shard, List<Delivery> batch) {
      for (Pending each : shard.pending.values()) {
        Delivery delivery = each.delivery();
        if (each.consumer().equals(consumer)
            && !heldIn(delivery.shard()).contains(delivery.position())) {
          batch.add(again(delivery));
        }
      }
    }

    private void readNew(int index, List<Delivery> batch, int max) {
      Shard shard = shards.get(index);
      InMemoryLog log = logs.get(index);
      List<Delivery> history = log.history();
      while (shard.delivered < history.size() && batch.size() < max) {
        Delivery delivery = history.get(shard.delivered++);
        Position position = delivery.position();
        if (log.holds(position)) {
          shard.lastDelivered = position;
          shard.pending.put(position, new Pending(delivery, consumer, clock.instant()));
          if (!heldIn(index).contains(position)) {
            batch.add(position.isAfter(shard.given) ? delivery : again(delivery));
          }
          shard.given = position.isAfter(shard.given) ? position : shard.given;
        }
      }
    }

    @Override
    public List<Delivery> claimIdle(Duration idle, int max) {
      faults.at("claim-idle");
      Instant before = clock.instant().minus(idle);
      List<Delivery> claimed = new ArrayList<>();
      for (Shard shard : shards) {
        Iterator<Map.Entry<Position, Pending>> all = shard.pending.entrySet().iterator();
        while (all.hasNext() && claimed.size() < max) {
          Map.Entry<Position, Pending> entry = all.next();
          Delivery delivery = entry.getValue().delivery();
          if (!entry.getValue().since().isAfter(before)) {
            entry.setValue(new Pending(delivery, consumer, clock.instant()));
            if (!heldIn(delivery.shard()).contains(delivery.position())) {
              claimed.add(again(delivery));
            }
          }
        }
      }
      return answer("claim-idle.after", claimed);
    }

    @Override
    public void ack(List<Delivery> deliveries) {
      faults.at("ack");
      Set<Integer> moved = new HashSet<>();
      for (Delivery delivery : deliveries) {
        if (isMoved(delivery.shard())) {
          moved.add(delivery.shard());
        } else {
          shards.get(delivery.shard()).pending.remove(delivery.position());
        }
      }
      faults.at("ack.after");
      moved.forEach(this::learn);
      deliveries.forEach(delivery -> heldIn(delivery.shard()).remove(delivery.position()));
    }

    @Override
    public Position lowWater(int index) {
      faults.at("group-low-water");
      Shard shard = shards.get(index);
      if (shard.pending.isEmpty()) {
        return shard.lastDelivered;
      }
      Position first = shard.pending.firstKey();
      Position before =
          first.minor() > 0
              ? new Position(first.major(), first.minor() - 1)
              : new Position(first.major() - 1, Long.MAX_VALUE);
      return before.isAfter(shard.lastDelivered) ? shard.lastDelivered : before;
    }

    @Override
    public LogBounds bounds(int index) {
      faults.at("group-bounds");
      return logs.get(index).bounds();
    }

    @Override
    public Optional<LogAnchor> anchor(int index, Position position) {
      faults.at("group-anchor");
      return logs.get(index).entry(position);
    }

    @Override
    public Optional<LogAnchor> anchorBefore(int index, Position position) {
      faults.at("group-anchor-before");
      return logs.get(index).lastEntry(position);
    }

    @Override
    public String generation(int index) {
      faults.at("generation");
      learn(index);
      return shards.get(index).moves == 0 ? "" : "move " + shards.get(index).moves;
    }

    private boolean isMoved(int index) {
      return !Objects.equals(movesKnown.get(index), shards.get(index).moves);
    }

    private void learn(int index) {
      if (isMoved(index)) {
        movesKnown.put(index, shards.get(index).moves);
        revoked.add(index);
        heldIn(index).clear();
        readsOwn = true;
      }
    }

    @Override
    public Optional<String> moveTo(int index, Position position) {
      faults.at("move");
      Shard shard = shards.get(index);
      if (isMoved(index)) {
        return Optional.empty();
      }
      shard.moves++;
      List<Delivery> log = logs.get(index).history();
      shard.delivered = 0;
      while (shard.delivered < log.size()
          && !log.get(shard.delivered).position().isAfter(position)) {
        shard.delivered++;
      }
      shard.lastDelivered = position;
      faults.at("move.after");
      movesKnown.put(index, shard.moves);
      heldIn(index).clear();
      readsOwn = true;
      return Optional.of("move " + shard.moves);
    }

    /// What was handed out once is remembered here, trimmed or not: nothing is lost to the group.
    @Override
    public List<LostEntries> takeLost() {
      return List.of();
    }

    @Override
    public Set<Integer> takeRevoked() {
      Set<Integer> taken = Set.copyOf(revoked);
      revoked.clear();
      return taken;
    }

    @Override
    public void idle() {}

    @Override
    public void close() {}

    private Set<Position> heldIn(int shard) {
      return held.computeIfAbsent(shard, _ -> new HashSet<>());
    }

    private static Delivery again(Delivery delivery) {
      return switch (delivery) {
        case Delivery.Decoded it ->
            new Delivery.Decoded(it.shard(), it.position(), it.appendMicros(), true, it.event());
        case Delivery.Malformed it ->
            new Delivery.Malformed(
                it.shard(),
                it.position(),
                it.appendMicros(),
                true,
                it.provider(),
                it.reason(),
                it.detail(),
                it.data());
      };
    }
  }
}
