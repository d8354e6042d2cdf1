package dev.mdp.core.checkpoint;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Bar;
import dev.mdp.core.ledger.LedgerCounts;
import java.util.List;
import java.util.Optional;

/// A consumer's committed progress in one shard.
///
/// @param position the last entry consumed
/// @param resumePosition where reading begins after a restart (inclusive): every entry before it is
///   wholly inside sealed windows
/// @param anchor the entry at `resumePosition`, by which the log is known again; empty while the
///   log had no entry
/// @param gapUntil entries before were missing when the group began or an operator accepted a loss:
///   a lane that first appears at or before this entry begins with its first whole windows
/// @param lanes ordered by provider, then lane
/// @param judgedBy the settings that judged the entries up to `position`
public record Checkpoint(
    Position position,
    Position resumePosition,
    Optional<LogAnchor> anchor,
    Position gapUntil,
    List<LaneProgress> lanes,
    LedgerCounts ledger,
    JudgedBy judgedBy) {
  /// Of a group that has not read anything.
  public static final Checkpoint EMPTY =
      new Checkpoint(
          Position.START, Position.START, Optional.empty(), List.of(), LedgerCounts.NONE);

  /// Without a gap.
  public Checkpoint(
      Position position,
      Position resumePosition,
      Optional<LogAnchor> anchor,
      List<LaneProgress> lanes,
      LedgerCounts ledger) {
    this(position, resumePosition, anchor, Position.START, lanes, ledger);
  }

  /// Of which it is not known what judged it.
  public Checkpoint(
      Position position,
      Position resumePosition,
      Optional<LogAnchor> anchor,
      Position gapUntil,
      List<LaneProgress> lanes,
      LedgerCounts ledger) {
    this(position, resumePosition, anchor, gapUntil, lanes, ledger, JudgedBy.UNKNOWN);
  }

  public Checkpoint {
    lanes = List.copyOf(lanes);
  }

  /// The same with these bars counted as conflicting in their lanes.
  public Checkpoint withConflicting(List<Bar> bars) {
    if (bars.isEmpty()) {
      return this;
    }
    List<LaneProgress> counted =
        lanes.stream()
            .map(lane ->
                lane.plusConflicting(
                    bars.stream()
                        .filter(bar -> bar.provider().equals(lane.provider()))
                        .filter(bar -> bar.lane().equals(lane.lane()))
                        .count()))
            .toList();
    return new Checkpoint(position, resumePosition, anchor, gapUntil, counted, ledger, judgedBy);
  }
}
