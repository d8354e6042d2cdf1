package dev.mdp.testkit;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointAdmin;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.checkpoint.JudgedBy;
import dev.mdp.core.checkpoint.StoredMarks.Alignment;
import dev.mdp.core.error.ConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What an operator sees and does of the rows of [InMemoryStore]. One thread.
final class InMemoryAdmin implements CheckpointAdmin {
  private final Map<CheckpointKey, InMemoryRow> rows;
  private final ManualClock clock;
  private final Faults faults;

  InMemoryAdmin(Map<CheckpointKey, InMemoryRow> rows, ManualClock clock, Faults faults) {
    this.rows = rows;
    this.clock = clock;
    this.faults = faults;
  }

  @Override
  public List<CheckpointStatus> list(String topic) {
    faults.at("list");
    List<CheckpointStatus> all = new ArrayList<>();
    rows.forEach((key, row) ->
        all.add(
            new CheckpointStatus(
                key,
                row.shards,
                row.epoch,
                row.commitSeq,
                row.owner,
                row.until,
                row.owner != null && clock.instant().isBefore(row.until),
                row.noted.equals(JudgedBy.UNKNOWN) ? row.checkpoint : row.withNoted(),
                clock.instant())));
    return all;
  }

  @Override
  public boolean reset(CheckpointKey key) {
    InMemoryRow row = rows.get(key);
    if (row == null) {
      return false;
    }
    refuseWhileLeased(key, row);
    row.checkpoint = Checkpoint.EMPTY;
    row.intervals = List.of();
    row.alignment = Alignment.NONE;
    row.fresh = true;
    return true;
  }

  @Override
  public boolean drop(CheckpointKey key) {
    InMemoryRow row = rows.get(key);
    if (row == null) {
      return false;
    }
    refuseWhileLeased(key, row);
    rows.remove(key);
    return true;
  }

  private void refuseWhileLeased(CheckpointKey key, InMemoryRow row) {
    if (row.owner != null && clock.instant().isBefore(row.until)) {
      throw new ConflictException(key + " is held by " + row.owner);
    }
  }
}
