package dev.mdp.pipeline.infer;

import dev.mdp.core.event.Interval;
import dev.mdp.core.metrics.ErrorMetrics;
import dev.mdp.features.FeatureSet;
import dev.mdp.pipeline.window.EmissionListener;
import dev.mdp.pipeline.window.EmittedWindow;
import dev.mdp.pipeline.window.TumblingWindows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What is due when windows close: slices go to the features of their symbols, then the evaluation
/// windows that closed are evaluated, in the order of their ends. One thread.
final class Closings {
  private static final Comparator<Due> IN_ORDER =
      Comparator.comparingLong(Due::end)
          .thenComparing(due -> due.symbol().provider())
          .thenComparing(due -> due.symbol().lane())
          .thenComparing(due -> due.symbol().symbol());

  private final Interval slice;
  private final Interval every;
  private final long allowLateMicros;
  private final TumblingWindows windows;
  private final Lanes lanes;
  private final PendingEvaluations pending;
  private final Set<SymbolEvaluation> changed;
  private final ErrorMetrics metrics;
  private final List<Due> due = new ArrayList<>();

  /// Decided while entries came again, and not evaluated before: by settings that are new. They are
  /// evaluated when everything is read again.
  private final List<Due> missed = new ArrayList<>();

  private record Due(SymbolEvaluation symbol, long start, long end) {}

  /// @param changed takes the symbols whose stored state is no longer theirs
  Closings(
      FeatureSet features,
      long allowLateMicros,
      TumblingWindows windows,
      Lanes lanes,
      PendingEvaluations pending,
      Set<SymbolEvaluation> changed,
      ErrorMetrics metrics) {
    this.slice = features.slice();
    this.every = features.every();
    this.allowLateMicros = allowLateMicros;
    this.windows = windows;
    this.lanes = lanes;
    this.pending = pending;
    this.changed = changed;
    this.metrics = metrics;
  }

  /// Takes every slice that is decided or changed, then evaluates the windows that closed.
  ///
  /// @param known it was done before the last restart, and is committed
  void evaluate(boolean known) {
    windows.emitDecided((provider, lane, interval, window, kind, _) -> {
      EvaluatedLane of = lanes.of(provider, lane);
      lanes
          .symbol(of, window.symbol())
          .ifPresentOrElse(
              symbol -> take(of, symbol, interval, window, kind, known),
              () -> metrics.error("infer", "too_many_symbols"));
    });
    due.sort(IN_ORDER);
    for (Due each : due) {
      if (!known) {
        evaluate(each);
      } else if (each.symbol().isAfterLast(each.end()) && isWhole(each)) {
        missed.add(each);
      }
    }
    due.clear();
  }

  /// Leaves out what an end or a silence has made void since.
  void evaluateMissed() {
    if (missed.isEmpty()) {
      return;
    }
    missed.sort(IN_ORDER);
    missed.stream().filter(each -> lanes.holds(each.symbol())).forEach(this::evaluate);
    missed.clear();
  }

  private void take(
      EvaluatedLane lane,
      SymbolEvaluation symbol,
      Interval interval,
      EmittedWindow window,
      EmissionListener.Kind kind,
      boolean known) {
    if (interval.equals(slice) && lane.isComplete(window.start())) {
      if (!known && symbol.isBeforeLast(window.start())) {
        changed.add(symbol);
      }
      symbol.put(window);
      lane.slices().took(symbol, window.start());
    }
    boolean closes = interval.equals(every) && kind != EmissionListener.Kind.REVISION;
    if (closes && lane.slices().isTimely(window.end(), allowLateMicros)) {
      due.add(new Due(symbol, window.start(), window.end()));
    }
  }

  private void evaluate(Due each) {
    SymbolEvaluation symbol = each.symbol();
    if (symbol.isAfterLast(each.end())) {
      pending.evaluate(symbol, each.end(), windows.knownFrom(symbol.provider(), symbol.lane()));
      changed.add(symbol);
    }
  }

  private boolean isWhole(Due each) {
    return lanes.of(each.symbol().provider(), each.symbol().lane()).isComplete(each.start());
  }
}
