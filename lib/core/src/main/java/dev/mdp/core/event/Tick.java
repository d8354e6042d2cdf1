package dev.mdp.core.event;

/// One trade or quote. Its identity is `(provider, symbol, srcMicros, seq)`; everything else is
/// payload.
///
/// @param srcMicros event time, microseconds since the epoch
/// @param seq tells events of equal event time apart
/// @param price finite
/// @param size finite and not negative, or NaN when the source gave none
/// @param bid finite, or NaN when absent
/// @param ask finite, or NaN when absent
/// @param ingestMicros when the producer took it in, microseconds since the epoch; for latency only
public record Tick(
    String provider,
    String lane,
    Symbol symbol,
    long srcMicros,
    long seq,
    double price,
    double size,
    double bid,
    double ask,
    long ingestMicros)
    implements MarketEvent {

  /// What an optional number is when the source gave none.
  public static final double ABSENT = Double.NaN;

  /// No price and no size is larger: so that sums and products of any number of them stay finite.
  public static final double MAX_MAGNITUDE = 1e100;

  public static boolean isUsable(double number) {
    return Math.abs(number) <= MAX_MAGNITUDE;
  }

  public String eventId() {
    return EventId.of(provider, symbol, srcMicros, seq);
  }

  /// Which of two payloads of the same identity is kept everywhere: the smaller `(price, size, bid,
  /// ask)`, an absent number after every present one. Negative: this one.
  public static int comparePayload(Tick left, Tick right) {
    int byPrice = compare(left.price, right.price);
    if (byPrice != 0) {
      return byPrice;
    }
    int bySize = compare(left.size, right.size);
    if (bySize != 0) {
      return bySize;
    }
    int byBid = compare(left.bid, right.bid);
    return byBid != 0 ? byBid : compare(left.ask, right.ask);
  }

  /// The order of PostgreSQL's double precision: 0.0 and -0.0 are equal, NaN is the largest.
  public static int compare(double left, double right) {
    if (left < right) {
      return -1;
    }
    if (left > right) {
      return 1;
    }
    return left == right ? 0 : Boolean.compare(Double.isNaN(left), Double.isNaN(right));
  }
}
