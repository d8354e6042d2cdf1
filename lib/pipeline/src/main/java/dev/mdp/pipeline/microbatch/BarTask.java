package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.PendingRepair;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.pipeline.FutureLimit;
import dev.mdp.pipeline.LateEvents;
import dev.mdp.pipeline.Ledger;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.ownership.LogTask;
import dev.mdp.pipeline.ownership.ShardProgress;
import dev.mdp.pipeline.window.EmissionListener;
import dev.mdp.pipeline.window.TumblingWindows;
import java.util.ArrayList;
import java.util.List;

/// One period of owning one shard, from the claim to the first error or the release: the windows,
/// the ledger, the place of reading. After any exception it is thrown away with everything it
/// holds; the next owner reads the checkpoint and the log. One thread.
public final class BarTask extends LogTask {
  /// How many entries are worth a commit while it catches up.
  private static final int ENTRIES_WORTH_A_COMMIT = 50_000;

  private final MicroBatchSettings settings;
  private final LogTrimmer trimmer;
  private final EntryClassifier classifier;
  private final List<Emission> emissions = new ArrayList<>();
  private final CommitMetrics counted;
  private final WindowRepairs repairs;
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
    super(
        settings.ownership(),
        new Reads(
            settings.maxBatchSize(),
            settings.flushTimeout(),
            Failpoint.MICRO_BATCH_AFTER_READ,
            Failpoint.MICRO_BATCH_IN_RECOVERY),
        log,
        deadLetters,
        Ledger.goOn(claimed.runLedger()),
        TumblingWindows.restore(
            claimed.checkpoint().lanes(), claimed.intervals(), settings.windows()),
        new ShardProgress(
            settings.ownership(),
            ports.checkpoints().leases(),
            log,
            claimed,
            Micros.of(ports.clock().instant())),
        ports.checkpoints().commits(),
        ports.clock());
    this.settings = settings;
    this.trimmer = trimmer;
    this.repairs = new WindowRepairs(settings.key(), ports.repairs(), ports.clock());
    windows.logHeadTrimmed(claimed.checkpoint().gapUntil());
    this.counted = new CommitMetrics(settings.key(), ports.metrics(), claimed.runLedger());
    this.classifier =
        new EntryClassifier(
            settings.key().group(),
            settings.windows().intervals(),
            windows,
            new FutureLimit(claimed.checkpoint().judgedBy(), settings.windows().maxFutureMicros()),
            ledger,
            deadLetters,
            late,
            ports.conflicts(),
            counted);
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
    progress.held().release();
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

  @Override
  protected boolean isQuiet() {
    return windows.retained() == 0 && !progress.isUnsaved();
  }

  @Override
  protected void consume(Delivery delivery) {
    if (classifier.classify(delivery, progress.isKnown(delivery.position()))) {
      log.keepAnchor(delivery.position());
    }
    progress.consumed(delivery.position());
  }

  @Override
  protected boolean mayCommit() {
    return !deadLetters.isUndecided();
  }

  @Override
  protected int commitIfNeeded(long now) {
    if (!mayCommit()) {
      return 0;
    }
    boolean barsWait = classifier.toCommit().externalBars().size() >= settings.maxBatchSize();
    boolean isDue =
        progressWaits(now)
            || repairs.look()
            || barsWait
            || !gathers(now) && windows.hasDue(now, flushTimeoutMicros());
    return isDue ? commit(now) : 0;
  }

  /// Whether bars wait for more: what is read was appended so long ago that it does not matter when
  /// within the flush timeout they are written, but each commit costs.
  private boolean gathers(long now) {
    return now - windows.newestAppend() > flushTimeoutMicros()
        && !log.reachedEnd()
        && now - progress.held().extendedMicros() < flushTimeoutMicros()
        && progress.readSinceCommit() < ENTRIES_WORTH_A_COMMIT;
  }

  @Override
  protected int commit(long now) {
    progress.requireUnbrokenLog();
    List<PendingRepair> repaired = repairs.due();
    List<Bar> bars = new ArrayList<>(classifier.toCommit().externalBars());
    bars.addAll(repairs.recompute(repaired));
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
        commit(
            next,
            new FencedWrite.Bars(bars, classifier.toCommit().repairs().with(repaired)),
            failed,
            classifier.toCommit().handled());
    afterCommit(next, result);
    return bars.size();
  }

  private void afterCommit(Checkpoint next, CommitResult result) {
    Failpoint.MICRO_BATCH_AFTER_COMMIT.pass();
    long committedAt = now();
    progress.committed(next, result.lease(), committedAt);
    repairs.committed(!classifier.toCommit().repairs().isEmpty());
    classifier.committed();
    counted.ledger(next.ledger());
    for (Emission emission : emissions) {
      counted.emitted(emission.bar(), emission.kind(), committedAt);
    }
    emissions.clear();
    counted.committed(result.bars(), committedAt);
    for (Bar bar : result.conflicting()) {
      windows.lane(bar.provider(), bar.lane()).addConflicting(1);
      conflicting++;
    }
    trimmer.afterCommit(windows, next.position());
  }
}
