package dev.mdp.store.bars;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A batch in key order with one bar for each key. Of one lane's bars the last counts; a replay's
/// bar that meets another lane's in the same batch is judged as if that were stored already.
///
/// @param refused how many bars a fuller or equal one of another lane kept out
/// @param conflicting the replayed bars that met a different one
record Collapsed(List<Bar> bars, long refused, List<Bar> conflicting) {
  static final Comparator<Bar> KEY_ORDER =
      Comparator.comparing(Bar::provider)
          .thenComparing(Bar::symbol)
          .thenComparing(Bar::interval, Collapsed::compareText)
          .thenComparingLong(Bar::startMicros);

  private static final Comparator<Bar> LIVE_FIRST = KEY_ORDER.thenComparing(Bar::lane);

  static Collapsed of(List<Bar> offered) {
    List<Bar> sorted = new ArrayList<>(offered);
    sorted.sort(LIVE_FIRST); // stable: the last of one lane stays the last
    List<Bar> bars = new ArrayList<>(sorted.size());
    List<Bar> conflicting = new ArrayList<>();
    long refused = 0;
    for (Bar bar : sorted) {
      BarRules.requireFinite(bar);
      Bar kept = bars.isEmpty() ? null : bars.getLast();
      if (kept == null || KEY_ORDER.compare(kept, bar) != 0) {
        bars.add(bar);
        continue;
      }
      StoredBar stored = StoredBar.of(kept);
      if (BarRules.conflicts(bar, stored)) {
        conflicting.add(bar);
      }
      switch (BarRules.decide(bar, stored)) {
        case UNCHANGED -> {}
        case UPDATE -> bars.set(bars.size() - 1, bar);
        case REFUSE -> refused++;
      }
    }
    return new Collapsed(bars, refused, conflicting);
  }

  private static int compareText(Interval left, Interval right) {
    return left.equals(right) ? 0 : left.toString().compareTo(right.toString());
  }
}
