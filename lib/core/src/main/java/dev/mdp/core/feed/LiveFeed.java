package dev.mdp.core.feed;

import dev.mdp.core.event.Symbol;
import java.time.Duration;
import java.util.Set;

/// A venue's live trades. It connects, subscribes, watches and connects again by itself, and says
/// so. One thread at a time.
public interface LiveFeed extends AutoCloseable {
  /// Its name on the bus: one kind of stream of one venue, with one meaning of its ids and times.
  String provider();

  TradeIds ids();

  /// Which symbols are wanted from now on, in place of those before.
  void subscribe(Set<Symbol> symbols);

  /// Hands on what has come, waiting at most `wait` for the first; at most about `max` trades, as
  /// one frame is never cut. Returns how many trades and notices it handed on. What a new
  /// connection may mend is a notice and no exception. Throws [dev.mdp.core.error.ConfigException]
  /// for what a person has to mend.
  int poll(int max, Duration wait, FeedListener into);

  /// The stream is silent though the venue has newer trades of this symbol: another connection is
  /// to take the place of the one that has it. Does nothing for a feed that cannot.
  default void renew(Symbol symbol) {}

  @Override
  void close();
}
