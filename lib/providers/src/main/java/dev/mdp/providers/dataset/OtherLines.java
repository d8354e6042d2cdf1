package dev.mdp.providers.dataset;

/// What to do with a line that is well-formed but no trade: neither the time nor the price is
/// there, as in a websocket's subscription reply.
public enum OtherLines {
  REFUSE,
  /// Skipped and counted. A line with only one of the two is broken anyway.
  SKIP
}
