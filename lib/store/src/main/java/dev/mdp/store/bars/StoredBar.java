package dev.mdp.store.bars;

/// What the table has for a bar's key.
///
/// @param vwap NaN for NULL
/// @param tradeCount [dev.mdp.core.event.Bar#EXTERNAL] for NULL
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
    int revision) {}
