package dev.mdp.core.ledger;

/// The events of one symbol that came after their window was written or sealed.
///
/// @param maxLateMicros the largest distance to the watermark of their feed
public record LateSymbol(String provider, String symbol, long events, long maxLateMicros) {
  public LateSymbol plus(long moreEvents, long lateMicros) {
    return new LateSymbol(
        provider, symbol, events + moreEvents, Math.max(maxLateMicros, lateMicros));
  }
}
