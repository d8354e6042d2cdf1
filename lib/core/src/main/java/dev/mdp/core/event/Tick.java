package dev.mdp.core.event;

/// One trade or quote. Its identity is `(provider, symbol, srcMicros, seq)`; everything else is
/// payload.
///
/// @param srcMicros event time, microseconds since the epoch
/// @param seq distinguishes events of equal event time; not the smallest long, which is NULL in the
///   table
/// @param price [usable][#isUsable]
/// @param size usable and not negative, or NaN when the source gave none
/// @param bid usable, or NaN when absent
/// @param ask usable, or NaN when absent
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

  /// No price and no size but 0 is smaller: doubles near the smallest have other shortest decimals
  /// in Java than in PostgreSQL, and a product of two could be none.
  public static final double MIN_MAGNITUDE = 1e-100;

  /// What [#isUsable] wants, for messages.
  public static final String USABLE = "0, or a magnitude from 1e-100 to 1e100";

  /// Whether it may be a price or a size: what is accepted can be summed, multiplied, stored and
  /// computed again in SQL without a loss.
  public static boolean isUsable(double number) {
    double magnitude = Math.abs(number);
    return magnitude <= MAX_MAGNITUDE && (magnitude >= MIN_MAGNITUDE || magnitude == 0);
  }

  /// Whether it may be a `seq`: every long but the one that stands for NULL.
  public static boolean isUsableSeq(long seq) {
    return seq != Long.MIN_VALUE;
  }

  /// Whether it is so far ahead of the log's clock that it would poison a watermark.
  ///
  /// @param maxFutureMicros in force when its entry was classified for the first time
  public boolean isAheadOf(long appendMicros, long maxFutureMicros) {
    return srcMicros - appendMicros > maxFutureMicros;
  }

  /// The same event of another provider.
  public Tick ofProvider(String other) {
    return new Tick(other, lane, symbol, srcMicros, seq, price, size, bid, ask, ingestMicros);
  }

  /// The same event in another lane.
  public Tick inLane(String other) {
    return new Tick(provider, other, symbol, srcMicros, seq, price, size, bid, ask, ingestMicros);
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
