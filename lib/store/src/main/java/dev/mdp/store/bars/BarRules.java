package dev.mdp.store.bars;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;

/// Which of two bars of the same key stays. Pure.
final class BarRules {
  private BarRules() {}

  enum Decision {
    UNCHANGED,
    UPDATE,
    REFUSE
  }

  /// A bar with the same values changes nothing, whatever its lane. Otherwise a bar made from ticks
  /// replaces one that came as a bar and one of no more ticks; against another lane's bar a replay
  /// needs strictly more ticks.
  static Decision decide(Bar offered, StoredBar stored) {
    if (sameValues(offered, stored)) {
      return Decision.UNCHANGED;
    }
    boolean fuller = offered.tradeCount() > stored.tradeCount();
    boolean equal = offered.tradeCount() == stored.tradeCount();
    return fuller || (equal && !meetsAnotherLane(offered, stored))
        ? Decision.UPDATE
        : Decision.REFUSE;
  }

  /// Whether a replay met a different bar that its own lane did not write.
  static boolean conflicts(Bar offered, StoredBar stored) {
    return meetsAnotherLane(offered, stored) && !sameValues(offered, stored);
  }

  private static boolean meetsAnotherLane(Bar offered, StoredBar stored) {
    return !offered.lane().isEmpty() && !offered.lane().equals(stored.lane());
  }

  private static boolean sameValues(Bar offered, StoredBar stored) {
    return offered.tradeCount() == stored.tradeCount()
        && same(offered.open(), stored.open())
        && same(offered.high(), stored.high())
        && same(offered.low(), stored.low())
        && same(offered.close(), stored.close())
        && same(offered.volume(), stored.volume())
        && same(offered.vwap(), stored.vwap());
  }

  /// As the database compares: 0.0 is -0.0, NULL is NULL.
  private static boolean same(double left, double right) {
    return Tick.compare(left, right) == 0;
  }

  /// Throws [DataException] for numbers that no table should hold.
  static void requireFinite(Bar bar) {
    boolean finite =
        Double.isFinite(bar.open())
            && Double.isFinite(bar.high())
            && Double.isFinite(bar.low())
            && Double.isFinite(bar.close())
            && Double.isFinite(bar.volume())
            && !Double.isInfinite(bar.vwap());
    if (!finite || bar.tradeCount() < Bar.EXTERNAL) {
      throw new DataException(
          "bar "
              + bar.provider()
              + '|'
              + bar.symbol()
              + '|'
              + bar.interval()
              + '|'
              + Micros.format(bar.startMicros())
              + ": open, high, low, close and volume must be finite, was "
              + bar);
    }
  }
}
