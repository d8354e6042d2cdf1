package dev.mdp.providers.ordinals;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.StoredTicks;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The table of ticks in memory: each identity once, of two payloads the smaller one.
final class Table implements StoredTicks {
  private final Map<String, Tick> rows = new TreeMap<>();
  int looks;

  /// Which look fails; none when 0.
  int failsAtLook;

  void store(List<? extends MarketEvent> events) {
    for (MarketEvent event : events) {
      Tick tick = (Tick) event;
      rows.merge(
          tick.eventId(), tick, (one, two) -> Tick.comparePayload(one, two) <= 0 ? one : two);
    }
  }

  List<Tick> rows() {
    return rows.values().stream()
        .sorted(
            Comparator.comparingLong(Tick::srcMicros)
                .thenComparing(Tick::symbol)
                .thenComparingLong(Tick::seq))
        .toList();
  }

  @Override
  public List<Tick> at(String provider, Collection<Moment> moments, int limit) {
    looks++;
    if (looks == failsAtLook) {
      throw new dev.mdp.core.error.UnavailableException("the database is away");
    }
    Set<Moment> wanted = new HashSet<>(moments);
    Map<Moment, Integer> given = new HashMap<>();
    return rows().stream()
        .filter(tick -> tick.provider().equals(provider) && wanted.contains(Moment.of(tick)))
        .filter(tick -> given.merge(Moment.of(tick), 1, Integer::sum) <= limit)
        .toList();
  }
}
