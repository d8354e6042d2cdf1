package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Bar;
import dev.mdp.core.store.Checkpoint;
import dev.mdp.core.store.CheckpointKey;
import dev.mdp.core.store.CheckpointStatus;
import dev.mdp.core.store.Checkpoints;
import dev.mdp.core.store.ClaimRequest;
import dev.mdp.core.store.ClaimResult;
import dev.mdp.core.store.CommitResult;
import dev.mdp.core.store.Evaluated;
import dev.mdp.core.store.EvaluationState;
import dev.mdp.core.store.Lease;
import dev.mdp.core.store.RunProgress;
import dev.mdp.core.store.StoredMarks;
import java.util.List;
import java.util.Map;

/// Hands every call on: what changes one of them extends it.
public class ForwardingCheckpoints implements Checkpoints {
  protected final Checkpoints next;

  public ForwardingCheckpoints(Checkpoints next) {
    this.next = next;
  }

  @Override
  public ClaimResult claim(ClaimRequest request) {
    return next.claim(request);
  }

  @Override
  public void requireClaimable(ClaimRequest request) {
    next.requireClaimable(request);
  }

  @Override
  public Lease renew(Lease lease) {
    return next.renew(lease);
  }

  @Override
  public void release(Lease lease) {
    next.release(lease);
  }

  @Override
  public CommitResult commit(
      Lease lease, Checkpoint checkpoint, List<Bar> bars, RunProgress progress) {
    return next.commit(lease, checkpoint, bars, progress);
  }

  @Override
  public CommitResult commit(
      Lease lease, Checkpoint checkpoint, Evaluated evaluated, RunProgress progress) {
    return next.commit(lease, checkpoint, evaluated, progress);
  }

  @Override
  public EvaluationState evaluationState(CheckpointKey key) {
    return next.evaluationState(key);
  }

  @Override
  public StoredMarks marks(String group, String topic) {
    return next.marks(group, topic);
  }

  @Override
  public boolean align(CheckpointKey key, int shards, StoredMarks.Alignment alignment) {
    return next.align(key, shards, alignment);
  }

  @Override
  public StoredMarks raiseMarks(
      String group,
      String topic,
      int shards,
      StoredMarks known,
      Map<Integer, StoredMarks.Mark> marks) {
    return next.raiseMarks(group, topic, shards, known, marks);
  }

  @Override
  public void lowerMarks(String group, String topic, Map<Integer, Position> positions) {
    next.lowerMarks(group, topic, positions);
  }

  @Override
  public void noteMaxFuture(String group, String topic, long micros) {
    next.noteMaxFuture(group, topic, micros);
  }

  @Override
  public List<CheckpointStatus> list(String topic) {
    return next.list(topic);
  }

  @Override
  public boolean reset(CheckpointKey key) {
    return next.reset(key);
  }

  @Override
  public boolean drop(CheckpointKey key) {
    return next.drop(key);
  }
}
