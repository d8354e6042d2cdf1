package dev.mdp.testkit;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The only member of a new group: reads all shards from their first entry, has nobody to take over
/// from. How members compete is tested on a real server. One thread.
final class LoneMember implements CompetingSubscription {
  private final List<ShardSubscription> logs = new ArrayList<>();
  private final Map<Integer, TreeSet<Position>> pending = new HashMap<>();
  private final Map<Integer, Position> low = new HashMap<>();
  private final Faults faults;

  LoneMember(InMemoryBus bus, String topic, Faults faults) {
    this.faults = faults;
    for (int shard = 0; shard < bus.shards(); shard++) {
      logs.add(bus.openShard(topic, shard));
      pending.put(shard, new TreeSet<>());
      low.put(shard, Position.START);
    }
  }

  @Override
  public List<Delivery> poll(int max, Duration wait) {
    List<Delivery> all = new ArrayList<>();
    for (ShardSubscription log : logs) {
      if (all.size() < max) {
        all.addAll(log.poll(max - all.size(), wait));
      }
    }
    all.forEach(delivery -> pendingIn(delivery.shard()).add(delivery.position()));
    return all;
  }

  @Override
  public List<Delivery> claimIdle(Duration idle, int max) {
    return List.of();
  }

  @Override
  public void ack(List<Delivery> deliveries) {
    faults.at("ack");
    for (Delivery delivery : deliveries) {
      TreeSet<Position> waiting = pendingIn(delivery.shard());
      waiting.remove(delivery.position());
      if (waiting.isEmpty() || waiting.first().isAfter(delivery.position())) {
        low.put(delivery.shard(), delivery.position());
      }
    }
  }

  @Override
  public Position lowWater(int shard) {
    return low.getOrDefault(shard, Position.START);
  }

  @Override
  public List<LostEntries> takeLost() {
    return List.of();
  }

  @Override
  public void close() {}

  private TreeSet<Position> pendingIn(int shard) {
    return pending.computeIfAbsent(shard, _ -> new TreeSet<>());
  }
}
