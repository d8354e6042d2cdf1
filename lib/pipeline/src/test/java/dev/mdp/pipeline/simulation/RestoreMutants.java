package dev.mdp.pipeline.simulation;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.StoredMarks;
import dev.mdp.core.checkpoint.StoredMarks.Alignment;
import dev.mdp.core.checkpoint.StoredMarks.Mark;
import dev.mdp.core.event.Bar;
import dev.mdp.core.run.RunProgress;
import java.util.List;
import java.util.Map;

/// Bugs that show when the database goes back.
final class RestoreMutants {
  private RestoreMutants() {}

  /// Epochs come again after a restore.
  static final class FenceByEpoch extends ForwardingCheckpoints {
    FenceByEpoch(Checkpoints next) {
      super(next);
    }

    @Override
    public CommitResult commit(Lease lease, Checkpoint it, List<Bar> bars, RunProgress progress) {
      return super.commit(ofWhoeverOwns(lease), it, bars, progress);
    }

    private Lease ofWhoeverOwns(Lease lease) {
      for (CheckpointStatus row : list(lease.key().topic())) {
        if (row.key().equals(lease.key()) && row.owner() != null) {
          return new Lease(lease.key(), row.owner(), lease.epoch(), row.commitSeq(), lease.until());
        }
      }
      return lease;
    }
  }

  /// Every server is taken for the one before.
  static final class OneServer extends ForwardingCheckpoints {
    OneServer(Checkpoints next) {
      super(next);
    }

    @Override
    public StoredMarks marks(String group, String topic) {
      StoredMarks stored = super.marks(group, topic);
      StoredMarks same = stored;
      for (Map.Entry<Integer, Mark> each : stored.byShard().entrySet()) {
        Mark mark = each.getValue();
        Alignment alignment = new Alignment(stored.server(), mark.alignment().generation());
        CheckpointKey key = new CheckpointKey(group, topic, each.getKey());
        if (!mark.alignment().equals(alignment) && align(key, 0, alignment)) {
          same = same.with(each.getKey(), new Mark(mark.position(), mark.anchor(), alignment));
        }
      }
      return same;
    }
  }
}
