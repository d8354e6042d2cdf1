package dev.mdp.store.bars;

import dev.mdp.core.event.Bar;

/// What the table has for a bar's key.
///
/// @param vwap NaN for NULL
/// @param tradeCount [Bar#EXTERNAL] for NULL
/// @param lane empty for live
/// @param revision by which the row is known again when it is updated
record StoredBar(
    double open,
    double high,
    double low,
    double close,
    double volume,
    double vwap,
    long tradeCount,
    String lane,
    int revision) {

  /// The row that this bar would be.
  static StoredBar of(Bar bar) {
    return new StoredBar(
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        bar.volume(),
        bar.vwap(),
        bar.tradeCount(),
        bar.lane(),
        0);
  }
}
