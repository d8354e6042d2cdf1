package dev.mdp.testkit.feed;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.LiveFeed;
import java.util.List;

/// A live feed and the venue behind it, as the contract's tests drive them.
public interface FeedBed extends AutoCloseable {
  LiveFeed feed();

  /// Three symbols that the venue lists.
  List<Symbol> symbols();

  /// A trade happens now; the venue sends it to those who have subscribed.
  void trade(Symbol symbol, long id);

  /// From now on the venue refuses to subscribe to the symbol.
  void refuse(Symbol symbol);

  /// The network breaks every connection; the next one works again.
  void cut();

  @Override
  void close();
}
