package dev.mdp.core.feed;

import dev.mdp.core.event.Symbol;
import java.util.Optional;

/// A venue's past trades, by id. Thread-safe. All throw [dev.mdp.core.error.RateLimitedException]
/// when the venue wants to be asked later, [dev.mdp.core.error.UnavailableException] when it cannot
/// be reached or returns nonsense, [dev.mdp.core.error.ConfigException] when a person has to act:
/// the key or the country is refused.
public interface HistoryFeed extends AutoCloseable {
  /// One page of the trades between two known ones, from the end at which the venue begins to the
  /// other.
  HistoryPage page(Symbol symbol, TradeMark below, TradeMark above);

  /// The newest trade; empty when the series has none.
  Optional<TradeMark> newest(Symbol symbol);

  @Override
  void close();
}
