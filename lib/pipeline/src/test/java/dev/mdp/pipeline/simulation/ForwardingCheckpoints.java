package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointAdmin;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.Commits;
import dev.mdp.core.checkpoint.EvaluationState;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.Leases;
import dev.mdp.core.checkpoint.LowWaterMarks;
import dev.mdp.core.checkpoint.Repairs;
import dev.mdp.core.checkpoint.StoredMarks;
import dev.mdp.core.event.Bar;
import dev.mdp.core.run.RunProgress;
import java.util.List;
import java.util.Map;

/// Hands every call on: what changes one of them extends it.
public class ForwardingCheckpoints implements Leases, Commits, LowWaterMarks, CheckpointAdmin {
  protected final Checkpoints next;

  /// Of the commit that is being made.
  private Repairs repairs = Repairs.NONE;

  public ForwardingCheckpoints(Checkpoints next) {
    this.next = next;
  }

  public Checkpoints checkpoints() {
    return new Checkpoints(this, this, this, this);
  }

  @Override
  public ClaimResult claim(ClaimRequest request) {
    return next.leases().claim(request);
  }

  @Override
  public void requireClaimable(ClaimRequest request) {
    next.leases().requireClaimable(request);
  }

  @Override
  public Lease renew(Lease lease) {
    return next.leases().renew(lease);
  }

  @Override
  public void release(Lease lease) {
    next.leases().release(lease);
  }

  @Override
  public final CommitResult commit(
      Lease lease, Checkpoint checkpoint, FencedWrite write, RunProgress progress) {
    return switch (write) {
      case FencedWrite.Bars(var bars, var changed) -> {
        repairs = changed;
        yield commit(lease, checkpoint, bars, progress);
      }
      case FencedWrite other -> next.commits().commit(lease, checkpoint, other, progress);
    };
  }

  /// What the commit that is being made changes of the windows that are to be computed again.
  protected Repairs repairs() {
    return repairs;
  }

  public CommitResult commit(
      Lease lease, Checkpoint checkpoint, List<Bar> bars, RunProgress progress) {
    return next.commits()
        .commit(lease, checkpoint, new FencedWrite.Bars(bars, repairs()), progress);
  }

  @Override
  public EvaluationState evaluationState(CheckpointKey key) {
    return next.commits().evaluationState(key);
  }

  @Override
  public StoredMarks marks(String group, String topic) {
    return next.marks().marks(group, topic);
  }

  @Override
  public boolean align(CheckpointKey key, int shards, StoredMarks.Alignment alignment) {
    return next.marks().align(key, shards, alignment);
  }

  @Override
  public StoredMarks raiseMarks(
      String group,
      String topic,
      int shards,
      StoredMarks known,
      Map<Integer, StoredMarks.Mark> marks) {
    return next.marks().raiseMarks(group, topic, shards, known, marks);
  }

  @Override
  public void lowerMarks(String group, String topic, Map<Integer, Position> positions) {
    next.marks().lowerMarks(group, topic, positions);
  }

  @Override
  public void noteMaxFuture(String group, String topic, long micros) {
    next.marks().noteMaxFuture(group, topic, micros);
  }

  @Override
  public List<CheckpointStatus> list(String topic) {
    return next.admin().list(topic);
  }

  @Override
  public boolean reset(CheckpointKey key) {
    return next.admin().reset(key);
  }

  @Override
  public boolean drop(CheckpointKey key) {
    return next.admin().drop(key);
  }
}
