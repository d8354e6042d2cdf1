package dev.mdp.ops.rules;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.features.FeatureSet;
import dev.mdp.features.SymbolFeatures;
import dev.mdp.pipeline.infer.DecidedSlice;
import dev.mdp.pipeline.infer.InferSettings;
import dev.mdp.pipeline.window.TumblingWindows;
import dev.mdp.pipeline.window.WindowSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns ticks into evaluations with the windows of a worker: at the end of each evaluation window,
/// one for each symbol that has a tick in it, in the order of their names. One thread.
public final class TickEvaluation {
  private static final Comparator<Due> IN_ORDER =
      Comparator.comparingLong(Due::end).thenComparing(Due::symbol);

  private final FeatureSet features;
  private final Consumer<Evaluation> out;
  private final TumblingWindows windows;
  private final Map<Symbol, SymbolFeatures> symbols = new HashMap<>();
  private final List<Due> due = new ArrayList<>();
  private @Nullable MarketEvent last;
  private long end = Long.MIN_VALUE;
  private long entries;

  private record Due(Symbol symbol, long end) {}

  public TickEvaluation(FeatureSet features, Consumer<Evaluation> out) {
    this.features = features;
    this.out = out;
    this.windows =
        new TumblingWindows(
            new WindowSettings(
                "micro_batch",
                InferSettings.windows(features),
                0,
                0,
                Long.MAX_VALUE,
                0,
                Long.MAX_VALUE));
  }

  /// @param tick of one provider and lane all of them; distinct, and in the order of event time and
  ///   `seq`
  public void add(Tick tick) {
    long window = features.every().end(tick.srcMicros());
    if (window < end) {
      throw new IllegalArgumentException("a tick of a window that is over: " + tick.eventId());
    }
    end = window;
    last = tick;
    windows.fold(tick, next(), tick.srcMicros(), false);
    evaluate();
  }

  /// No more ticks of the last window come.
  public void end() {
    if (last != null) {
      windows.end(last.provider(), last.lane(), next(), 0, false);
      evaluate();
    }
  }

  private Position next() {
    return new Position(++entries, 0);
  }

  private void evaluate() {
    windows.emitDecided((_, _, interval, window, _, _) -> {
      if (interval.equals(features.slice())) {
        of(window.symbol()).put(DecidedSlice.of(window));
      }
      if (interval.equals(features.every())) {
        due.add(new Due(window.symbol(), window.end()));
      }
    });
    due.sort(IN_ORDER);
    due.forEach(this::evaluate);
    due.clear();
  }

  private void evaluate(Due each) {
    MarketEvent of = last;
    if (of != null) {
      double[] values = new double[features.names().size()];
      SymbolFeatures symbol = of(each.symbol());
      symbol.evaluate(each.end(), values);
      out.accept(
          new Evaluation(
              of.provider(), of.lane(), each.symbol(), each.end(), symbol.price(), values));
    }
  }

  private SymbolFeatures of(Symbol symbol) {
    return symbols.computeIfAbsent(symbol, _ -> features.forSymbol());
  }
}
