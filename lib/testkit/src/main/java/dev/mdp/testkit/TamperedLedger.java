package dev.mdp.testkit;

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
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.core.store.RunProgress;
import dev.mdp.core.store.StoredMarks;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Checkpoints that hand a claimer another ledger of its run than it has committed.
public record TamperedLedger(Checkpoints checkpoints, UnaryOperator<LedgerCounts> tamper)
    implements Checkpoints {
  @Override
  public ClaimResult claim(ClaimRequest request) {
    return switch (checkpoints.claim(request)) {
      case ClaimResult.Held held -> held;
      case ClaimResult.Claimed claimed ->
          new ClaimResult.Claimed(
              claimed.lease(),
              claimed.checkpoint(),
              claimed.fresh(),
              claimed.intervals(),
              tamper.apply(claimed.runLedger()));
    };
  }

  @Override
  public void requireClaimable(ClaimRequest request) {
    checkpoints.requireClaimable(request);
  }

  @Override
  public Lease renew(Lease lease) {
    return checkpoints.renew(lease);
  }

  @Override
  public void release(Lease lease) {
    checkpoints.release(lease);
  }

  @Override
  public CommitResult commit(Lease lease, Checkpoint next, List<Bar> bars, RunProgress progress) {
    return checkpoints.commit(lease, next, bars, progress);
  }

  @Override
  public CommitResult commit(
      Lease lease, Checkpoint next, Evaluated evaluated, RunProgress progress) {
    return checkpoints.commit(lease, next, evaluated, progress);
  }

  @Override
  public EvaluationState evaluationState(CheckpointKey key) {
    return checkpoints.evaluationState(key);
  }

  @Override
  public StoredMarks marks(String group, String topic) {
    return checkpoints.marks(group, topic);
  }

  @Override
  public boolean align(CheckpointKey key, int shards, StoredMarks.Alignment alignment) {
    return checkpoints.align(key, shards, alignment);
  }

  @Override
  public StoredMarks raiseMarks(
      String group,
      String topic,
      int shards,
      StoredMarks known,
      Map<Integer, StoredMarks.Mark> marks) {
    return checkpoints.raiseMarks(group, topic, shards, known, marks);
  }

  @Override
  public void lowerMarks(String group, String topic, Map<Integer, Position> positions) {
    checkpoints.lowerMarks(group, topic, positions);
  }

  @Override
  public void noteMaxFuture(String group, String topic, long micros) {
    checkpoints.noteMaxFuture(group, topic, micros);
  }

  @Override
  public List<CheckpointStatus> list(String topic) {
    return checkpoints.list(topic);
  }

  @Override
  public boolean reset(CheckpointKey key) {
    return checkpoints.reset(key);
  }

  @Override
  public boolean drop(CheckpointKey key) {
    return checkpoints.drop(key);
  }
}
