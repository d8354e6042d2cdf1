package dev.mdp.ops.fill;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedReader;
import dev.mdp.core.feed.FeedReader.Gap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who is to fill which holes.
///
/// @param gaps those that can be filled
/// @param past holes of ids that the venue has begun again since: no one can fill them
/// @param free the symbols of the others' shards that no process publishes, by provider
public record FillPlan(List<Gap> gaps, List<Gap> past, SortedMap<String, SortedSet<Symbol>> free) {
  public FillPlan {
    gaps = List.copyOf(gaps);
    past = List.copyOf(past);
  }

  private record Series(String provider, Symbol symbol) {}

  /// @param rows all series
  static FillPlan of(List<Gap> wanted, List<FeedReader.Row> rows) {
    Map<Series, FeedReader.Row> bySeries = new HashMap<>();
    rows.forEach(row -> bySeries.put(new Series(row.provider(), row.cursor().symbol()), row));
    List<Gap> gaps = new ArrayList<>();
    List<Gap> past = new ArrayList<>();
    SortedMap<String, SortedSet<Symbol>> free = new TreeMap<>();
    for (Gap each : wanted) {
      Symbol symbol = each.gap().symbol();
      FeedReader.Row row = bySeries.get(new Series(each.provider(), symbol));
      if (row == null || row.cursor().epoch() != each.gap().epoch()) {
        past.add(each);
        continue;
      }
      gaps.add(each);
      if (row.owner().isEmpty()) {
        free.computeIfAbsent(each.provider(), _ -> new TreeSet<>()).add(symbol);
      }
    }
    return new FillPlan(gaps, past, free);
  }

  /// How many ids are missing in the holes that can be filled.
  public long ids() {
    return gaps.stream().mapToLong(each -> each.gap().ids().size()).sum();
  }
}
