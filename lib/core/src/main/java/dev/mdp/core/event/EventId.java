package dev.mdp.core.event;

/// The text of an event's identity: `provider|symbol|src_ts|seq`. Derived, never trusted from the
/// wire.
public final class EventId {
  private EventId() {}

  public static String of(String provider, Symbol symbol, long srcMicros, long seq) {
    return provider + '|' + symbol.value() + '|' + Micros.format(srcMicros) + '|' + seq;
  }
}
