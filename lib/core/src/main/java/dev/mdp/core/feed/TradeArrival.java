package dev.mdp.core.feed;

/// What became of trades on their way from the bus into the table.
public enum TradeArrival {
  /// Those that store ticks have passed them: what is not in the table will not come.
  STORED,
  /// They may still be stored.
  ON_THE_WAY,
  /// They may still be stored, but no process is alive that does it, or it takes too long.
  STUCK
}
