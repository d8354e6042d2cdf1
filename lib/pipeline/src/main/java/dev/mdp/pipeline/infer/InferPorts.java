package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.EventBus;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Signal;
import dev.mdp.core.metrics.InferenceMetrics;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.ownership.ShardTaskPorts;
import java.util.function.Function;
import java.util.function.Supplier;

/// What inference works with.
///
/// @param encoder an event as wire bytes, for dead letters whose entry the log no longer has
/// @param signals a signal as wire bytes
/// @param inference asked at each claim and between reads: another answer than before makes an
///   owner begin again with it
public record InferPorts(
    EventBus bus,
    ShardTaskPorts owning,
    Function<MarketEvent, byte[]> encoder,
    Function<Signal, byte[]> signals,
    InferenceMetrics metrics,
    ConflictNotices conflicts,
    Supplier<Inference> inference) {}
