package dev.mdp.cli.up;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
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
import dev.mdp.core.store.WriteResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Checkpoints that remember the last committed bars of every symbol and the last signal, for the
/// live view. Thread-safe.
final class BarWatch implements Checkpoints {
  private static final int CLOSES = 8;

  private final Checkpoints checkpoints;
  private final SortedMap<Symbol, Deque<Bar>> latest = new TreeMap<>();
  private WriteResult written = WriteResult.NONE;
  private long lastCommitNanos;
  private long signals;
  private @Nullable Signal lastSignal;

  BarWatch(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
  }

  /// The last bars of every symbol, oldest first.
  synchronized SortedMap<Symbol, List<Bar>> latest() {
    SortedMap<Symbol, List<Bar>> copy = new TreeMap<>();
    latest.forEach((symbol, bars) -> copy.put(symbol, new ArrayList<>(bars)));
    return copy;
  }

  synchronized WriteResult written() {
    return written;
  }

  synchronized double lastCommitMillis() {
    return lastCommitNanos / 1e6;
  }

  @Override
  public CommitResult commit(Lease lease, Checkpoint next, List<Bar> bars, RunProgress progress) {
    long begun = System.nanoTime();
    CommitResult result = checkpoints.commit(lease, next, bars, progress);
    remember(bars, result, System.nanoTime() - begun);
    return result;
  }

  private synchronized void remember(List<Signal> committed) {
    signals += committed.size();
    if (!committed.isEmpty()) {
      lastSignal = committed.getLast();
    }
  }

  /// How many signals were committed.
  synchronized long signals() {
    return signals;
  }

  synchronized Optional<Signal> lastSignal() {
    return Optional.ofNullable(lastSignal);
  }

  @Override
  public ClaimResult claim(ClaimRequest request) {
    return checkpoints.claim(request);
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
  public CommitResult commit(
      Lease lease, Checkpoint next, Evaluated evaluated, RunProgress progress) {
    CommitResult result = checkpoints.commit(lease, next, evaluated, progress);
    remember(evaluated.signals());
    return result;
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
  public List<CheckpointStatus> listShard(String topic, int shard) {
    return checkpoints.listShard(topic, shard);
  }

  @Override
  public boolean isRegistered(String group, String topic) {
    return checkpoints.isRegistered(group, topic);
  }

  @Override
  public boolean reset(CheckpointKey key) {
    return checkpoints.reset(key);
  }

  @Override
  public boolean drop(CheckpointKey key) {
    return checkpoints.drop(key);
  }

  private synchronized void remember(List<Bar> bars, CommitResult result, long nanos) {
    written = written.plus(result.bars());
    if (bars.isEmpty()) {
      return;
    }
    lastCommitNanos = nanos;
    for (Bar bar : bars) {
      Deque<Bar> known = latest.computeIfAbsent(bar.symbol(), _ -> new ArrayDeque<>());
      if (!known.isEmpty() && known.getLast().startMicros() >= bar.startMicros()) {
        continue;
      }
      known.addLast(bar);
      if (known.size() > CLOSES) {
        known.removeFirst();
      }
    }
  }
}
