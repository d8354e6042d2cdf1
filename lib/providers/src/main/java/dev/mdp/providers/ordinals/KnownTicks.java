package dev.mdp.providers.ordinals;

import dev.mdp.core.event.Tick;
import dev.mdp.core.store.StoredTicks;
import dev.mdp.core.store.StoredTicks.Moment;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The ticks of a provider that are stored, or on the bus on their way there. One thread.
final class KnownTicks {
  private final StoredTicks stored;
  private final UnstoredTicks unstored;
  private final String provider;

  KnownTicks(StoredTicks stored, UnstoredTicks unstored, String provider) {
    this.stored = stored;
    this.unstored = unstored;
    this.provider = provider;
  }

  /// By seq, at most `limit` stored ones of each moment; of two payloads the smaller, as the store
  /// will keep it. Moments without ticks are left out.
  Map<Moment, SortedMap<Long, Tick>> at(Collection<Moment> moments, int limit) {
    Map<Moment, SortedMap<Long, Tick>> known = new HashMap<>();
    stored.at(provider, moments, limit).forEach(tick -> add(known, tick));
    moments.forEach(moment -> unstored.at(moment).forEach(tick -> add(known, tick)));
    return known;
  }

  private static void add(Map<Moment, SortedMap<Long, Tick>> known, Tick tick) {
    known
        .computeIfAbsent(Moment.of(tick), _ -> new TreeMap<>())
        .merge(
            tick.seq(), tick, (one, other) -> Tick.comparePayload(one, other) <= 0 ? one : other);
  }
}
