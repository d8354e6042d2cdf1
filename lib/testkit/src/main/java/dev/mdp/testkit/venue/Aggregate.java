package dev.mdp.testkit.venue;

/// Neighbouring trades of one taker's order at one price, as Binance merges them.
///
/// @param id from 1, contiguous
/// @param firstId of the trades in it
/// @param lastId of the trades in it
/// @param nanos event time of its first trade, nanoseconds since the epoch
/// @param price in units of 1e-8
/// @param size of all its trades, in units of 1e-8
public record Aggregate(
    long id, long firstId, long lastId, long nanos, long price, long size, boolean buyerIsMaker) {

  /// Event time in microseconds since the epoch, truncated.
  public long micros() {
    return Math.floorDiv(nanos, 1_000L);
  }
}
