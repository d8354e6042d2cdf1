package dev.mdp.store.verify;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;

/// A window of a series whose bar is written again.
record BarWindow(String provider, Symbol symbol, Interval interval, long startMicros) {
  static BarWindow of(Bar bar) {
    return new BarWindow(bar.provider(), bar.symbol(), bar.interval(), bar.startMicros());
  }

  /// Whether some lane may still write it.
  boolean isOpen(Horizon horizon) {
    return !rule(horizon).openIn(startMicros, startMicros + 1).isEmpty();
  }

  /// Whether some lane may still write it, or ticks of it may still be on their way.
  boolean isUndecided(Horizon horizon) {
    return rule(horizon).isUndecided(startMicros);
  }

  private WindowRule rule(Horizon horizon) {
    return horizon.rule(horizon.of(provider, symbol.value()), provider, interval);
  }
}
