package dev.mdp.cli.rules;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.features.FeatureSet;
import dev.mdp.features.SymbolFeatures;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns ticks into evaluations: at the end of each evaluation window, one for each symbol that has
/// a tick in it, in the order of their names. One thread.
final class TickEvaluation {
  private final FeatureSet features;
  private final Consumer<Evaluation> out;
  private final SortedMap<Symbol, OfSymbol> symbols = new TreeMap<>();
  private long end = Long.MIN_VALUE;

  TickEvaluation(FeatureSet features, Consumer<Evaluation> out) {
    this.features = features;
    this.out = out;
  }

  /// @param tick of one provider and lane all of them; distinct, and in the order of event time and
  ///   `seq`
  void add(Tick tick) {
    long window = features.every().end(tick.srcMicros());
    if (window < end) {
      throw new IllegalArgumentException("a tick of a window that is over: " + tick.eventId());
    }
    if (window > end) {
      end();
      end = window;
    }
    symbols.computeIfAbsent(tick.symbol(), _ -> new OfSymbol(features)).add(tick, features.slice());
  }

  /// No more ticks of the last window come.
  void end() {
    symbols.values().forEach(symbol -> symbol.evaluate(end, out));
  }

  /// The features of one symbol, and its ticks since they were evaluated.
  private static final class OfSymbol {
    private final SymbolFeatures features;
    private final double[] values;
    private @Nullable SliceSums open;
    private @Nullable Tick last;

    OfSymbol(FeatureSet set) {
      this.features = set.forSymbol();
      this.values = new double[set.names().size()];
    }

    void add(Tick tick, Interval slice) {
      long start = slice.start(tick.srcMicros());
      SliceSums sums = open;
      if (sums == null || sums.start() != start) {
        close();
        sums = new SliceSums(start, tick);
        open = sums;
      }
      sums.add(tick);
      last = tick;
    }

    void evaluate(long end, Consumer<Evaluation> out) {
      close();
      Tick tick = last;
      if (tick != null) {
        last = null;
        features.evaluate(end, values);
        out.accept(
            new Evaluation(
                tick.provider(),
                tick.lane(),
                tick.symbol(),
                end,
                features.price(),
                values.clone()));
      }
    }

    private void close() {
      SliceSums sums = open;
      if (sums != null) {
        features.put(sums.slice());
        open = null;
      }
    }
  }
}
