package dev.mdp.core.metrics;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import java.time.Duration;

/// What is counted of features, rules and models. Thread-safe.
public interface InferenceMetrics extends Counted {
  InferenceMetrics NONE = of(MetricSink.NONE);

  static InferenceMetrics of(MetricSink sink) {
    return new InferenceMetrics() {
      @Override
      public MetricSink sink() {
        return sink;
      }
    };
  }

  /// The features of one symbol were computed at the close of an evaluation window.
  default void featuresUpdated(Symbol symbol, Interval window, Duration took) {
    sink()
        .time(
            "features_update_duration_seconds",
            took,
            "symbol",
            symbol.value(),
            "window",
            window.toString());
  }

  /// Over how many windows the features of the symbol that have a value look.
  default void activeWindows(Symbol symbol, int windows) {
    sink().set("features_active_windows", windows, "symbol", symbol.value());
  }

  /// A batch of evaluations was asked.
  ///
  /// @param adapter `rules` or `sklearn`
  default void evaluated(String adapter, Duration took) {
    sink().time("inference_eval_duration_seconds", took, "adapter", adapter);
  }

  default void signalEmitted(String name, String adapter) {
    sink().add("signals_emitted_total", 1, "name", name, "adapter", adapter);
  }

  /// The model gave nothing. The rules stood in, unless the reason is `undefined`: then an input
  /// had no value yet, and there is no signal.
  default void inferenceFallback(String adapter, String reason, long evaluations) {
    sink().add("inference_fallback_total", evaluations, "adapter", adapter, "reason", reason);
  }
}
