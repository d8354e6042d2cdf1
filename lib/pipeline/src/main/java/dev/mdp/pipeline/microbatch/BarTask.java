package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.store.Checkpoint;
import dev.mdp.core.store.ClaimResult;
import dev.mdp.core.store.CommitResult;
import dev.mdp.core.store.Lease;
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.core.store.RunProgress;
import dev.mdp.pipeline.LateEvents;
import dev.mdp.pipeline.Ledger;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.ownership.ShardProgress;
import dev.mdp.pipeline.ownership.ShardTask;
import dev.mdp.pipeline.window.EmissionListener;
import dev.mdp.pipeline.window.TumblingWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One period of owning one shard, from the claim to the first error or the release: the windows,
/// the ledger, the place of reading. After any exception it is thrown away with everything it
/// holds; the next owner reads the checkpoint and the log. One thread.
public final class BarTask implements ShardTask {
  private static final Duration QUIET_WAIT = Duration.ofMillis(500);
  private static final Duration BUSY_WAIT = Duration.ofMillis(100);

  /// How many entries are worth a commit while it catches up.
  private static final int ENTRIES_WORTH_A_COMMIT = 50_000;

  private final MicroBatchSettings settings;
  private final MicroBatchPorts ports;
  private final ShardSubscription log;
  private final ShardDeadLetters deadLetters;
  private final Ledger ledger;
  private final LogTrimmer trimmer;
  private final TumblingWindows windows;
  private final EntryClassifier classifier;
  private final List<Emission> emissions = new ArrayList<>();
  private final CommitMetrics counted;

  private final ShardProgress progress;
  private long conflicting;

  private record Emission(Bar bar, EmissionListener.Kind kind) {}

  BarTask(
      MicroBatchSettings settings,
      MicroBatchPorts ports,
      ShardSubscription log,
      ShardDeadLetters deadLetters,
      LateEvents late,
      ClaimResult.Claimed claimed,
      LogTrimmer trimmer) {
    this.settings = settings;
    this.ports = ports;
    this.log = log;
    this.deadLetters = deadLetters;
    this.ledger = Ledger.goOn(claimed.runLedger());
    this.trimmer = trimmer;
    this.windows =
        TumblingWindows.restore(
            claimed.checkpoint().lanes(), claimed.intervals(), settings.windows());
    windows.logHeadTrimmed(claimed.checkpoint().gapUntil());
    this.counted = new CommitMetrics(settings.key(), ports.metrics(), claimed.runLedger());
    this.classifier =
        new EntryClassifier(
            settings.key().group(),
            settings.windows().intervals(),
            windows,
            claimed.checkpoint().judgedBy(),
            settings.windows().maxFutureMicros(),
            ledger,
            deadLetters,
            late,
            ports.conflicts(),
            counted);
    this.progress =
        new ShardProgress(
            settings.ownership(),
            ports.checkpoints(),
            log,
            claimed,
            Micros.of(ports.clock().instant()));
  }

  /// The group is new and the log's head is gone: no window that the head may have belonged to is
  /// built.
  @Override
  public void logHeadTrimmed(Position until) {
    windows.logHeadTrimmed(until);
  }

  /// The log has lost entries and the operator accepts it: what is stored stays as it is, reading
  /// continues after it.
  @Override
  public void acceptLoss(Position lastEver) {
    windows.acceptGap(lastEver);
    progress.acceptLoss(lastEver);
  }

  /// Reads, folds, commits what is due; returns how many entries and bars it handled.
  @Override
  public int poll() {
    boolean quiet = windows.retained() == 0 && !progress.isUnsaved();
    List<Delivery> batch = log.poll(settings.maxBatchSize(), quiet ? QUIET_WAIT : BUSY_WAIT);
    if (!batch.isEmpty()) {
      Failpoint.MICRO_BATCH_AFTER_READ.pass();
    }
    for (Delivery delivery : batch) {
      consume(delivery);
    }
    if (isRecovering()) {
      Failpoint.MICRO_BATCH_IN_RECOVERY.pass();
    }
    long now = now();
    windows.read(now, log.reachedEnd(), isRecovering());
    int written = isRecovering() ? 0 : commitIfNeeded(now);
    renewIfNeeded(now);
    return batch.size() + written;
  }

  /// Commits everything that is due and the place of reading; windows that are not due stay for the
  /// next start.
  @Override
  public void drain() {
    if (!isRecovering() && (progress.isUnsaved() || windows.hasDue(now(), flushTimeoutMicros()))) {
      commit(now());
    }
    trimmer.reportNow(progress.committed().position());
    Failpoint.MICRO_BATCH_BEFORE_RELEASE.pass();
    progress.release();
  }

  /// Whether a commit found that the log had lost entries.
  @Override
  public boolean logIsBroken() {
    return progress.logIsBroken();
  }

  @Override
  public Lease lease() {
    return progress.lease();
  }

  /// What is committed of this run's ledger.
  @Override
  public LedgerCounts committedLedger() {
    return progress.committedLedger();
  }

  long openWindows() {
    return windows.openWindows();
  }

  long sealedEarly() {
    return windows.sealedEarly();
  }

  long conflicting() {
    return conflicting;
  }

  /// Whether entries come again that were consumed before the last restart.
  @Override
  public boolean isRecovering() {
    return progress.isRecovering();
  }

  private void consume(Delivery delivery) {
    classifier.classify(delivery, progress.isKnown(delivery.position()));
    if (windows.beganWith(delivery.position())) {
      log.keepAnchor(delivery.position());
    }
    progress.consumed(delivery.position());
  }

  private int commitIfNeeded(long now) {
    if (deadLetters.isUndecided()) {
      return 0;
    }
    boolean progressWaits =
        progress.isUnsaved() && now - progress.lastCommitMicros() >= flushTimeoutMicros();
    boolean barsWait = classifier.externalBars().size() >= settings.maxBatchSize();
    boolean isDue =
        progressWaits || barsWait || !gathers(now) && windows.hasDue(now, flushTimeoutMicros());
    return isDue ? commit(now) : 0;
  }

  /// Whether bars wait for more: what is read was appended so long ago that it does not matter when
  /// within the flush timeout they are written, but each commit costs.
  private boolean gathers(long now) {
    return now - windows.newestAppend() > flushTimeoutMicros()
        && !log.reachedEnd()
        && now - progress.lastCommitMicros() < flushTimeoutMicros()
        && progress.readSinceCommit() < ENTRIES_WORTH_A_COMMIT;
  }

  private int commit(long now) {
    progress.requireUnbrokenLog();
    List<Bar> bars = new ArrayList<>(classifier.externalBars());
    windows.emitDue(
        now,
        flushTimeoutMicros(),
        (bar, kind, waited) -> {
          bars.add(bar);
          emissions.add(new Emission(bar, kind));
          ledger.emitted(bar.provider(), waited);
        });
    long failed = publishDeadLetters();
    Checkpoint next =
        progress.next(
            windows.firstNeeded().orElse(progress.position()),
            windows.gapUntil(),
            windows.progress(),
            ledger,
            progress.judgedBy(settings.windows().maxFutureMicros()));
    Failpoint.MICRO_BATCH_BEFORE_COMMIT.pass();
    CommitResult result =
        ports
            .checkpoints()
            .commit(
                progress.lease(),
                next,
                bars,
                new RunProgress(
                    settings.runId(),
                    settings.key().shard(),
                    next.ledger(),
                    failed,
                    classifier.minMicros(),
                    classifier.maxMicros()));
    afterCommit(next, result);
    return bars.size();
  }

  /// Letters go out before the commit, so its fence comes too late for them. Who still owns the
  /// shard has read a log that no successor had trimmed, and so classified without a gap.
  private long publishDeadLetters() {
    if (deadLetters.holdsLetters()) {
      progress.renew();
    }
    return deadLetters.publish();
  }

  private void afterCommit(Checkpoint next, CommitResult result) {
    Failpoint.MICRO_BATCH_AFTER_COMMIT.pass();
    long committedAt = now();
    progress.committed(next, result.lease(), committedAt);
    classifier.committed();
    counted.ledger(next.ledger());
    for (Emission emission : emissions) {
      counted.emitted(emission.bar(), emission.kind(), committedAt);
    }
    emissions.clear();
    counted.committed(result.bars(), committedAt);
    for (Bar bar : result.conflicting()) {
      windows.addConflicting(bar.provider(), bar.lane(), 1);
      conflicting++;
    }
    trimmer.afterCommit(windows, next.position());
  }

  private void renewIfNeeded(long now) {
    if (progress.isLeaseDue(now)) {
      if (!isRecovering() && progress.isUnsaved() && !deadLetters.isUndecided()) {
        commit(now);
      } else {
        progress.renew(now);
      }
    }
  }

  private long flushTimeoutMicros() {
    return Micros.of(settings.flushTimeout());
  }

  private long now() {
    return Micros.of(ports.clock().instant());
  }
}
