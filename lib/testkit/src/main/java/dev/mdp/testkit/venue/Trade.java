package dev.mdp.testkit.venue;

import java.time.Instant;

/// One trade of a [Tape].
///
/// @param id positive; ascending in its series
/// @param nanos event time, nanoseconds since the epoch: venues keep more digits than they stream
/// @param price in units of 1e-8
/// @param size in units of 1e-8
/// @param buyerIsMaker whether the seller was the taker
/// @param order the taker's: neighbours with the same order and price are one aggregate
public record Trade(long id, long nanos, long price, long size, boolean buyerIsMaker, long order) {
  private static final long PER_SECOND = 1_000_000_000L;

  public Trade {
    if (id <= 0 || price < 0 || size < 0) {
      throw new IllegalArgumentException(
          "trade %d has price %d and size %d; want a positive id and nothing negative"
              .formatted(id, price, size));
    }
  }

  /// A trade as a venue would write it, the only one of its taker's order.
  ///
  /// @param price a decimal with at most eight decimals, as is the size
  public static Trade of(long id, Instant time, String price, String size, boolean buyerIsMaker) {
    long nanos =
        Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano());
    return new Trade(id, nanos, Amount.of(price), Amount.of(size), buyerIsMaker, id);
  }

  /// Event time in microseconds since the epoch, truncated, as sockets give it.
  public long micros() {
    return Math.floorDiv(nanos, 1_000L);
  }

  /// The price as a decoder reads it.
  public double priceValue() {
    return Amount.value(price);
  }

  /// The size as a decoder reads it.
  public double sizeValue() {
    return Amount.value(size);
  }

  Trade withPrice(long other) {
    return new Trade(id, nanos, other, size, buyerIsMaker, order);
  }
}
