package dev.mdp.features.window;

import dev.mdp.core.event.Interval;
import java.util.List;

/// What the history of one symbol consists of.
///
/// @param every the length of the evaluation windows
/// @param slice the length of the slices; every horizon and `every` are multiples of it
/// @param horizon how far back the longest window looks, at least `every`
public record HistoryPlan(
    Interval every,
    Interval slice,
    Interval horizon,
    List<HorizonPlan> horizons,
    List<ReturnsPlan> returns) {
  public HistoryPlan {
    horizons = List.copyOf(horizons);
    returns = List.copyOf(returns);
  }

  /// How far back the bars of the longest window of returns begin; 0 when there is none.
  long barMicros() {
    return returns.stream().mapToLong(plan -> plan.bars() * every.micros()).max().orElse(0);
  }
}
