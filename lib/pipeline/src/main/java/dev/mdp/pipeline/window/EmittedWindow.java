package dev.mdp.pipeline.window;

import dev.mdp.core.decimal.DecimalSum;
import dev.mdp.core.event.Symbol;

/// One tumbling window `[start, end)` of a symbol, for those that need more of it than its bar.
public interface EmittedWindow {
  Symbol symbol();

  long start();

  long end();

  double open();

  double high();

  double low();

  double close();

  /// The price of the last tick at exactly the start, or NaN.
  double atStart();

  /// Distinct ticks.
  long count();

  /// The exact sum of the sizes; changes after the call.
  DecimalSum volume();

  /// The exact sum of price times size; changes after the call.
  DecimalSum notional();
}
