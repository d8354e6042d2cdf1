package dev.mdp.pipeline.ownership;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.Commits;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.event.Micros;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.run.RunProgress;
import dev.mdp.pipeline.EventTimeRange;
import dev.mdp.pipeline.Ledger;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.window.TumblingWindows;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// What every task does with a shard's log: reads, hands on entry by entry, commits when it is
/// time, keeps the lease. After any exception it is thrown away with everything it holds; the next
/// owner reads the checkpoint and the log. One thread.
public abstract class LogTask implements ShardTask {
  private static final Duration QUIET_WAIT = Duration.ofMillis(500);
  private static final Duration BUSY_WAIT = Duration.ofMillis(100);

  protected final ShardSubscription log;
  protected final ShardDeadLetters deadLetters;
  protected final Ledger ledger;
  protected final TumblingWindows windows;
  protected final ShardProgress progress;
  private final ShardTaskSettings shard;
  private final Reads reads;
  private final Commits commits;
  private final InstantSource clock;

  /// @param maxBatchSize the most entries of one read
  /// @param flushTimeout how long progress may wait for its commit
  /// @param after where a test may end the process after a read
  /// @param inRecovery where a test may end it while entries come again
  public record Reads(
      int maxBatchSize, Duration flushTimeout, Failpoint after, Failpoint inRecovery) {}

  protected LogTask(
      ShardTaskSettings shard,
      Reads reads,
      ShardSubscription log,
      ShardDeadLetters deadLetters,
      Ledger ledger,
      TumblingWindows windows,
      ShardProgress progress,
      Commits commits,
      InstantSource clock) {
    this.shard = shard;
    this.reads = reads;
    this.log = log;
    this.deadLetters = deadLetters;
    this.ledger = ledger;
    this.windows = windows;
    this.progress = progress;
    this.commits = commits;
    this.clock = clock;
  }

  /// Whether nothing is waiting that a longer read would delay.
  protected abstract boolean isQuiet();

  /// Classifies and folds one entry.
  protected abstract void consume(Delivery delivery);

  /// A batch was consumed, and silent lanes are sealed.
  protected void batchConsumed() {}

  /// Commits when it is time; returns how much was written.
  protected abstract int commitIfNeeded(long nowMicros);

  /// Commits what is due and the read position; returns how much was written.
  protected abstract int commit(long nowMicros);

  /// Whether nothing is in the way of a commit.
  protected boolean mayCommit() {
    return true;
  }

  /// Reads, folds, commits what is due; returns how many entries and results it handled.
  @Override
  public int poll() {
    List<Delivery> batch = log.poll(reads.maxBatchSize(), isQuiet() ? QUIET_WAIT : BUSY_WAIT);
    if (!batch.isEmpty()) {
      reads.after().pass();
    }
    for (Delivery delivery : batch) {
      consume(delivery);
    }
    if (isRecovering()) {
      reads.inRecovery().pass();
    }
    long now = now();
    windows.read(now, log.reachedEnd(), isRecovering());
    batchConsumed();
    int written = isRecovering() ? 0 : commitIfNeeded(now);
    keepLease(now);
    return batch.size() + written;
  }

  private void keepLease(long now) {
    if (progress.held().isDue(now)) {
      if (!isRecovering() && progress.isUnsaved() && mayCommit()) {
        commit(now);
      } else {
        progress.held().renew(now);
      }
    }
  }

  /// Letters go out before the commit, so its fence comes too late for them. Who still owns the
  /// shard has read a log that no successor had trimmed, and so classified without a gap.
  ///
  /// @return how many entries became dead letters since the last commit
  protected final long publishDeadLetters() {
    if (deadLetters.holdsLetters()) {
      progress.held().renew();
    }
    return deadLetters.publish();
  }

  /// @param failed how many entries became dead letters
  /// @param handled the event times since the last commit
  protected final CommitResult commit(
      Checkpoint next, FencedWrite write, long failed, EventTimeRange handled) {
    return commits.commit(
        progress.held().lease(),
        next,
        write,
        new RunProgress(
            shard.runId(),
            shard.key().shard(),
            next.ledger(),
            failed,
            handled.earliest(),
            handled.latest()));
  }

  /// Whether what was read has waited for its commit as long as it may.
  protected final boolean progressWaits(long nowMicros) {
    return progress.isUnsaved()
        && nowMicros - progress.held().extendedMicros() >= flushTimeoutMicros();
  }

  protected final long flushTimeoutMicros() {
    return Micros.of(reads.flushTimeout());
  }

  protected final long now() {
    return Micros.of(clock.instant());
  }

  @Override
  public void logHeadTrimmed(Position until) {
    windows.logHeadTrimmed(until);
  }

  @Override
  public void acceptLoss(Position lastEver) {
    windows.acceptGap(lastEver);
    progress.acceptLoss(lastEver);
  }

  @Override
  public final boolean isRecovering() {
    return progress.isRecovering();
  }

  @Override
  public final boolean logIsBroken() {
    return progress.logIsBroken();
  }

  @Override
  public final Lease lease() {
    return progress.held().lease();
  }

  @Override
  public final LedgerCounts committedLedger() {
    return progress.committedLedger();
  }
}
