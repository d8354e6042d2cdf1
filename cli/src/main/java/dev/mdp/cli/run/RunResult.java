package dev.mdp.cli.run;

import java.time.Duration;

/// How a run ended.
///
/// @param drained whether every worker ended in time
/// @param signalled whether a signal ended it
public record RunResult(Duration took, boolean drained, boolean signalled) {}
