package dev.mdp.core.event;

/// A bar made by another process, on the bus (`kind: bar`). Stored under its own interval, never
/// folded into tick windows.
///
/// @param bar its `tradeCount` is [Bar#EXTERNAL]
/// @param seq distinguishes bars of equal start; the later entry of the log wins
/// @param ingestMicros when the producer took it in, microseconds since the epoch
public record BarEvent(Bar bar, long seq, long ingestMicros) implements MarketEvent {
  @Override
  public String provider() {
    return bar.provider();
  }

  @Override
  public String lane() {
    return bar.lane();
  }
}
