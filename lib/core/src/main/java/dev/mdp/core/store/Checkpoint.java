package dev.mdp.core.store;

import dev.mdp.core.bus.Anchor;
import dev.mdp.core.bus.Position;
import java.util.List;
import java.util.Optional;

/// A consumer's committed progress in one shard.
///
/// @param position the last entry consumed
/// @param resumePosition where reading begins after a restart (inclusive): every entry before it is
///   wholly inside sealed windows
/// @param anchor the entry at `resumePosition`, by which the log is known again; empty while the
///   log had no entry
/// @param lanes ordered by provider, then lane
public record Checkpoint(
    Position position,
    Position resumePosition,
    Optional<Anchor> anchor,
    List<LaneProgress> lanes,
    LedgerCounts ledger) {
  /// Of a group that has not read anything.
  public static final Checkpoint EMPTY =
      new Checkpoint(
          Position.START, Position.START, Optional.empty(), List.of(), LedgerCounts.NONE);

  public Checkpoint {
    lanes = List.copyOf(lanes);
  }
}
