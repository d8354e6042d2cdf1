package dev.mdp.core.checkpoint;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;

/// A sealed window that a refill had trades for: its bar is to be computed again from the stored
/// ticks.
public record PendingRepair(String provider, Symbol symbol, Interval interval, long startMicros) {}
