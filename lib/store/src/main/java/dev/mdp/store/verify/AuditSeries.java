package dev.mdp.store.verify;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;

/// The bars and ticks of one provider, symbol and interval, and from when to when there are any.
/// Times are microseconds.
///
/// @param first the first tick or start of a bar
/// @param last the last tick or start of a bar
/// @param firstBar the start of the first bar made from ticks; `Long.MAX_VALUE` without one
/// @param lastBar the start of the last bar made from ticks; `Long.MIN_VALUE` without one
record AuditSeries(
    String provider,
    Symbol symbol,
    Interval interval,
    long first,
    long last,
    long firstBar,
    long lastBar) {
  /// Whether bars made from ticks are on both sides of the window.
  boolean surrounds(long start) {
    return firstBar < start && start < lastBar;
  }
}
