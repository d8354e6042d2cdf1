package dev.mdp.runtime;

import java.time.Duration;
import java.util.Optional;

/// How long a run may take.
///
/// @param limit the run ends by itself after this long; empty for never
/// @param drain how long the drain may take
/// @param atStart how long the servers are tried at the start
public record RunLimits(Optional<Duration> limit, Duration drain, Duration atStart) {}
