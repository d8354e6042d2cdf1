package dev.mdp.testkit.venue;

import java.time.Duration;

/// Something bad that happens once, to one connection or to a symbol.
public sealed interface Fault {
  /// A close frame, then the end of the connection.
  record Close(int code, String reason) implements Fault {}

  /// The venue says that it will close (Binance's `serverShutdown`) and does so after `lead`, with
  /// code 1001. Venues without such a message close without it.
  record Shutdown(Duration lead) implements Fault {}

  /// No text any more, no answers either; pings and pongs continue.
  record Mute() implements Fault {}

  /// Nothing any more, not even pongs; the connection stays open.
  record Freeze() implements Fault {}

  /// The connection is reset.
  record Cut() implements Fault {}

  /// Half of a frame, then the connection is reset.
  record HalfFrame() implements Fault {}

  /// The next trades are not sent, though heartbeats count them.
  record Skip(int trades) implements Fault {}

  /// The venue delists the symbol without a word.
  record Vanish(String symbol) implements Fault {}

  static Fault close(int code, String reason) {
    return new Close(code, reason);
  }

  static Fault shutdown(Duration lead) {
    return new Shutdown(lead);
  }

  static Fault mute() {
    return new Mute();
  }

  static Fault freeze() {
    return new Freeze();
  }

  static Fault cut() {
    return new Cut();
  }

  static Fault halfFrame() {
    return new HalfFrame();
  }

  static Fault skip(int trades) {
    return new Skip(trades);
  }

  static Fault vanish(String symbol) {
    return new Vanish(symbol);
  }
}
