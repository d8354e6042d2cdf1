package dev.mdp.providers.ordinals;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.core.source.FiniteSource;
import dev.mdp.core.store.StoredTicks.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A source's ticks by moment, each moment whole. One thread.
final class WholeMoments {
  private final FiniteSource source;
  private final int rows;
  private List<Tick> ahead = new ArrayList<>();

  /// @param rows about how many ticks are given at a time
  WholeMoments(FiniteSource source, int rows) {
    this.source = source;
    this.rows = rows;
  }

  /// The next moments in order, the ticks of each in the order of the source; empty when none is
  /// there yet, or none will come.
  Map<Moment, List<Tick>> next() {
    for (MarketEvent event : source.next(rows)) {
      if (event instanceof Tick tick) {
        ahead.add(tick);
      }
    }
    int whole = source.exhausted() ? ahead.size() : lastTimeBegins();
    Map<Moment, List<Tick>> moments = new LinkedHashMap<>();
    for (Tick tick : ahead.subList(0, whole)) {
      moments.computeIfAbsent(Moment.of(tick), _ -> new ArrayList<>(1)).add(tick);
    }
    ahead = new ArrayList<>(ahead.subList(whole, ahead.size()));
    return moments;
  }

  boolean exhausted() {
    return source.exhausted() && ahead.isEmpty();
  }

  /// Ticks of the last time may still come.
  private int lastTimeBegins() {
    int index = ahead.size();
    while (index > 0 && ahead.get(index - 1).srcMicros() == ahead.getLast().srcMicros()) {
      index--;
    }
    return index;
  }
}
