package dev.mdp.bus.redis;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The entries that a group's member has taken from the server and not acknowledged, by shard. Some
/// of them are still ready: its caller is given them with the next polls. One thread.
final class HeldEntries {
  private final EntryDecoder decoder;
  private final List<Set<Position>> held = new ArrayList<>();
  private final ArrayDeque<Delivery> ready = new ArrayDeque<>();

  HeldEntries(int shards, EntryDecoder decoder) {
    this.decoder = decoder;
    for (int shard = 0; shard < shards; shard++) {
      held.add(new HashSet<>());
    }
  }

  boolean contains(int shard, Position position) {
    return held.get(shard).contains(position);
  }

  /// The entry is held from now on.
  Delivery take(EntryBatch batch, int index, boolean redelivered) {
    held.get(batch.shard(index)).add(batch.position(index));
    return decoder.decode(batch, index, redelivered);
  }

  /// As [#take], and the caller is given the entry with the next polls.
  void makeReady(EntryBatch batch, int index, boolean redelivered) {
    ready.add(take(batch, index, redelivered));
  }

  boolean nothingReady() {
    return ready.isEmpty();
  }

  /// Up to `max` of the ready ones, oldest first.
  List<Delivery> giveReady(int max) {
    List<Delivery> given = new ArrayList<>(Math.min(max, ready.size()));
    while (given.size() < max && !ready.isEmpty()) {
      given.add(ready.poll());
    }
    return given;
  }

  void acknowledged(int shard, List<Position> positions) {
    positions.forEach(held.get(shard)::remove);
  }

  void forget(int shard) {
    held.get(shard).clear();
    ready.removeIf(delivery -> delivery.shard() == shard);
  }

  void forgetAll() {
    held.forEach(Set::clear);
    ready.clear();
  }
}
