package dev.mdp.testkit.venue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The faults that have not come yet. Thread-safe.
final class PlannedFaults {
  private final Map<String, NavigableMap<Long, List<Fault>>> bySymbol = new HashMap<>();

  PlannedFaults(List<VenueScript.Planned> planned) {
    for (VenueScript.Planned one : planned) {
      bySymbol
          .computeIfAbsent(one.symbol(), _ -> new TreeMap<>())
          .computeIfAbsent(one.id(), _ -> new ArrayList<>())
          .add(one.fault());
    }
  }

  /// What is due when this trade has gone by; it is not due again.
  synchronized List<Fault> due(String symbol, long id) {
    NavigableMap<Long, List<Fault>> waiting = bySymbol.get(symbol);
    if (waiting == null || waiting.isEmpty() || waiting.firstKey() > id) {
      return List.of();
    }
    List<Fault> due = new ArrayList<>();
    NavigableMap<Long, List<Fault>> reached = waiting.headMap(id, true);
    reached.values().forEach(due::addAll);
    reached.clear();
    return due;
  }
}
