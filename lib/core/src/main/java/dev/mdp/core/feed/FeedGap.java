package dev.mdp.core.feed;

import dev.mdp.core.event.Symbol;

/// A hole in a series: ids that were not published. Its identity is (provider, symbol, epoch, first
/// id).
///
/// @param below the last trade before it
/// @param above the first trade after it
/// @param reason why it is there, and what became of it: `disconnected`, `overflow`, `skipped`,
///   `bus-lost`, …
/// @param tries how often the venue was asked
/// @param voidSinceMicros when the venue first showed both neighbours without these ids; 0 when it
///   did not
/// @param foundMicros when it was found, microseconds since the epoch by our clock
/// @param closedMicros when it was filled or given up; 0 while it is open
public record FeedGap(
    Symbol symbol,
    int epoch,
    IdRange ids,
    TradeMark below,
    TradeMark above,
    GapState state,
    String reason,
    int tries,
    long voidSinceMicros,
    long foundMicros,
    long closedMicros) {

  /// A hole that was just found.
  public static FeedGap found(
      Symbol symbol, int epoch, TradeMark below, TradeMark above, String reason, long nowMicros) {
    return new FeedGap(
        symbol,
        epoch,
        new IdRange(below.id() + 1, above.id() - 1),
        below,
        above,
        GapState.OPEN,
        reason,
        0,
        0,
        nowMicros,
        0);
  }

  /// Its first trade, with the time of the last trade before it.
  public TradeMark first() {
    return new TradeMark(ids.first(), below.micros());
  }

  /// Its last trade, with the time of the first trade after it.
  public TradeMark last() {
    return new TradeMark(ids.last(), above.micros());
  }

  /// The part of it with these ids, in the same state.
  public FeedGap part(IdRange some, TradeMark partBelow, TradeMark partAbove) {
    return new FeedGap(
        symbol,
        epoch,
        some,
        partBelow,
        partAbove,
        state,
        reason,
        tries,
        voidSinceMicros,
        foundMicros,
        closedMicros);
  }

  /// The same hole, no longer open.
  public FeedGap closed(GapState end, String why, long nowMicros) {
    return new FeedGap(
        symbol, epoch, ids, below, above, end, why, tries, voidSinceMicros, foundMicros, nowMicros);
  }

  /// The same hole, open and never asked for.
  public FeedGap again() {
    return new FeedGap(
        symbol, epoch, ids, below, above, GapState.OPEN, reason, 0, 0, foundMicros, 0);
  }

  /// The same hole after the venue was asked once more.
  public FeedGap asked(long voidSince) {
    return new FeedGap(
        symbol,
        epoch,
        ids,
        below,
        above,
        state,
        reason,
        tries + 1,
        voidSince,
        foundMicros,
        closedMicros);
  }
}
