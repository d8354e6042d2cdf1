package dev.mdp.cli.up;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.Commits;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.EvaluationState;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.WriteResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Commits that remember the last committed bars of every symbol and the last signal, for the live
/// view. Thread-safe.
final class BarWatch implements Commits {
  private static final int CLOSES = 8;

  private final Commits commits;
  private final SortedMap<Symbol, Deque<Bar>> latest = new TreeMap<>();
  private WriteResult written = WriteResult.NONE;
  private long lastCommitNanos;
  private long signals;
  private @Nullable Signal lastSignal;

  BarWatch(Commits commits) {
    this.commits = commits;
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
  public CommitResult commit(
      Lease lease, Checkpoint next, FencedWrite write, RunProgress progress) {
    long begun = System.nanoTime();
    CommitResult result = commits.commit(lease, next, write, progress);
    if (write instanceof FencedWrite.Bars(var bars, _)) {
      remember(bars, result, System.nanoTime() - begun);
    } else if (write instanceof Evaluated evaluated) {
      remember(evaluated.signals());
    }
    return result;
  }

  @Override
  public EvaluationState evaluationState(CheckpointKey key) {
    return commits.evaluationState(key);
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
