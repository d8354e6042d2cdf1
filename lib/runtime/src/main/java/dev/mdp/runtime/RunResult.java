package dev.mdp.runtime;

import java.time.Duration;

/// How a run ended.
///
/// @param drained whether every worker ended in time
/// @param balanced whether every ledger adds up
/// @param signalled whether a signal ended it
public record RunResult(Duration took, boolean drained, boolean balanced, boolean signalled) {
  /// Whether it ended as it should.
  public boolean isSound() {
    return drained && balanced;
  }
}
