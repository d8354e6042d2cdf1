package dev.mdp.testkit.venue;

import java.io.IOException;

/// What a venue says on one of its sockets, and understands. Called by the connection's thread
/// alone; all throw [IOException] when the connection has gone.
interface VenueStream {
  /// The client has connected.
  void opened() throws IOException;

  /// The client sent a text.
  void heard(String text) throws IOException;

  /// A trade of a subscribed symbol is to be sent, now or by the next [#flush].
  void trade(Subscription subscription, int index) throws IOException;

  /// All trades that are due were given: what was gathered is to be sent.
  void flush() throws IOException;

  /// @param idle whether nothing was sent since the last one
  void heartbeat(boolean idle) throws IOException;

  /// Says that the connection will end, where the venue has words for it.
  void announceShutdown() throws IOException;

  /// A symbol was halted, resumed or delisted.
  void statusChanged() throws IOException;

  /// A message of a type that is documented nowhere.
  String unknownMessage();
}
