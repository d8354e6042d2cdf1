package dev.mdp.core.feed;

import dev.mdp.core.event.Symbol;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What a feed says besides trades. Times are microseconds since the epoch by our clock.
public sealed interface FeedNotice {
  /// The venue accepted the connection; no symbol is live yet.
  record Connected(long atMicros) implements FeedNotice {}

  /// The connection ended; no symbol is live any more, except after [Cause#PLANNED]: the symbols
  /// stay live on the one that took its place.
  record Disconnected(long atMicros, Cause cause, String detail) implements FeedNotice {}

  /// The venue confirmed the symbol: from here on each of its trades is sent to us.
  record Live(Symbol symbol, long atMicros) implements FeedNotice {}

  /// The venue sends no trades of this symbol any more, though the connection stays.
  record NotLive(Symbol symbol, long atMicros, String detail) implements FeedNotice {}

  /// The venue refused a symbol, or, without one, the subscription as a whole: it is not asked
  /// again by itself.
  record Refused(Optional<Symbol> symbol, String detail) implements FeedNotice {}

  /// The venue says which id the symbol's newest trade has.
  record Head(Symbol symbol, long id, long atMicros) implements FeedNotice {}

  /// The venue wants to be left alone for this long.
  record RateLimited(Duration retryAfter) implements FeedNotice {}

  /// The venue's clock is this much ahead of ours; negative: behind.
  record ClockOffset(Duration ahead) implements FeedNotice {}

  /// Something that should be a message and cannot be read: nothing is known to be in it.
  record Unreadable(String detail) implements FeedNotice {}

  /// Why a connection ended.
  enum Cause {
    /// The venue closed it, or the network broke it.
    CLOSED,
    /// Nothing came for longer than the venue is ever silent.
    SILENT,
    /// What came was not taken in time, and was not to be dropped.
    OVERFLOW,
    /// We replaced it in time by another one.
    PLANNED;

    /// The word in tables and metrics.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
