package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.EventBus;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.metrics.PipelineMetrics;
import dev.mdp.core.store.TickStore;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.worker.Pause;
import java.time.InstantSource;
import java.util.function.Function;

/// What the tick worker works with.
///
/// @param pause waits for other members
/// @param encoder an event as wire bytes, for dead letters whose entry the log no longer has
public record TickPorts(
    EventBus bus,
    TickStore ticks,
    Checkpoints checkpoints,
    Function<MarketEvent, byte[]> encoder,
    PipelineMetrics metrics,
    InstantSource clock,
    Pause pause,
    ConflictNotices conflicts) {
  /// With its own notices.
  public TickPorts(
      EventBus bus,
      TickStore ticks,
      Checkpoints checkpoints,
      Function<MarketEvent, byte[]> encoder,
      PipelineMetrics metrics,
      InstantSource clock,
      Pause pause) {
    this(bus, ticks, checkpoints, encoder, metrics, clock, pause, new ConflictNotices());
  }
}
