package dev.mdp.providers.net;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.TradeIds;
import java.net.URI;
import java.util.List;

/// A venue's protocol over one WebSocket: what to send, and what its frames mean. It keeps nothing
/// of a connection but what its own frames need. One thread.
public interface VenueDialect {
  /// The provider's name on the bus.
  String provider();

  TradeIds ids();

  /// Where to connect for these symbols.
  URI endpoint(List<Symbol> symbols);

  /// The messages that ask for these symbols' trades, each within the venue's limits of size; empty
  /// where the endpoint says it all.
  List<String> subscribe(List<Symbol> symbols);

  /// The messages that end it.
  List<String> unsubscribe(List<Symbol> symbols);

  /// Hands on what a frame says, trades ascending by id within the frame: trades,
  /// [dev.mdp.core.feed.FeedNotice.Live] where it confirms a symbol, `Refused`, `NotLive`, `Head`,
  /// `ClockOffset`. Unknown types of messages are passed over; text that is not what the venue
  /// sends becomes `Unreadable`.
  void read(Frame frame, FeedListener into);

  /// Whether a frame says that the venue will end the connection soon, so that another one is to
  /// take its place before that.
  default boolean isEnding(Frame frame) {
    return false;
  }

  /// What the venue allows and promises.
  VenueLimits limits();
}
