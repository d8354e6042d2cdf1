package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.Anchor;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.store.Checkpoint;
import dev.mdp.core.store.ClaimResult;
import dev.mdp.core.store.CommitResult;
import dev.mdp.core.store.Lease;
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.core.store.RunProgress;
import dev.mdp.pipeline.DeadLetterBox;
import dev.mdp.pipeline.LateEvents;
import dev.mdp.pipeline.Ledger;
import dev.mdp.pipeline.ownership.Owner;
import dev.mdp.pipeline.window.EmissionListener;
import dev.mdp.pipeline.window.TumblingWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One period of owning one shard, from the claim to the first error or the release: the windows,
/// the ledger, the place of reading. After any exception it is thrown away with everything it
/// holds; the next owner reads the checkpoint and the log. One thread.
public final class BarOwner implements Owner {
  private static final Duration QUIET_WAIT = Duration.ofMillis(500);
  private static final Duration BUSY_WAIT = Duration.ofMillis(100);

  private final MicroBatchSettings settings;
  private final MicroBatchPorts ports;
  private final ShardSubscription log;
  private final DeadLetterBox deadLetters;
  private final Ledger ledger;
  private final Housekeeping housekeeping;
  private final TumblingWindows windows;
  private final EntryJudge judge;
  private final List<Emission> emissions = new ArrayList<>();
  private final CommitMetrics counted;

  private Lease lease;
  private Checkpoint committed;
  private LedgerCounts committedLedger;
  private Position position;
  private Position recoverUntil;
  private Optional<Anchor> anchor;
  private boolean unsaved;
  private boolean lossAccepted;
  private boolean logIsBroken;
  private long lastCommitMicros;
  private long conflicting;

  /// How many entries the ledger must hold.
  private long read;

  private record Emission(Bar bar, EmissionListener.Kind kind) {}

  BarOwner(
      MicroBatchSettings settings,
      MicroBatchPorts ports,
      ShardSubscription log,
      DeadLetterBox deadLetters,
      LateEvents late,
      ClaimResult.Claimed claimed,
      Housekeeping housekeeping) {
    this.settings = settings;
    this.ports = ports;
    this.log = log;
    this.deadLetters = deadLetters;
    this.ledger = Ledger.goOn(claimed.runLedger());
    this.housekeeping = housekeeping;
    this.lease = claimed.lease();
    this.committed = claimed.checkpoint();
    this.committedLedger = claimed.runLedger();
    this.position = committed.resumePosition();
    this.recoverUntil = committed.position();
    this.anchor = committed.anchor();
    this.windows =
        TumblingWindows.restore(committed.lanes(), claimed.intervals(), settings.windows());
    windows.headIsMissing(committed.gapUntil());
    this.counted = new CommitMetrics(settings.key(), ports.metrics(), claimed.runLedger());
    this.judge =
        new EntryJudge(
            settings.key().group(),
            settings.windows().intervals(),
            windows,
            ledger,
            deadLetters,
            late,
            ports.conflicts(),
            counted);
    this.read = claimed.runLedger().read();
    this.lastCommitMicros = now();
    log.seek(committed.resumePosition());
  }

  /// The group is new and the log's head is gone: no window that the head may have belonged to is
  /// built.
  @Override
  public void headIsMissing(Position until) {
    windows.headIsMissing(until);
  }

  /// The log has lost entries and the operator accepts it: what is stored stays as it is, reading
  /// goes on after it.
  @Override
  public void acceptLoss(Position lastEver) {
    windows.acceptGap(lastEver);
    position = lastEver.isAfter(recoverUntil) ? recoverUntil : lastEver;
    recoverUntil = position;
    anchor = Optional.empty();
    log.seek(position);
    unsaved = true;
    lossAccepted = true;
  }

  /// Reads, folds, commits what is due; returns how many entries and bars it handled.
  @Override
  public int poll() {
    boolean quiet = windows.retained() == 0 && !unsaved;
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
    windows.read(now, log.reachedEnd());
    int written = isRecovering() ? 0 : commitIfNeeded(now);
    renewIfNeeded(now);
    return batch.size() + written;
  }

  /// Commits everything that is due and the place of reading; windows that are not due stay for the
  /// next start.
  @Override
  public void drain() {
    if (!isRecovering() && (unsaved || windows.hasDue(now(), flushTimeoutMicros()))) {
      commit(now());
    }
    housekeeping.mirrorIfPossible(log, committed.position());
    Failpoint.MICRO_BATCH_BEFORE_RELEASE.pass();
    ports.checkpoints().release(lease);
  }

  /// Whether a commit found that the log had lost entries.
  @Override
  public boolean logIsBroken() {
    return logIsBroken;
  }

  @Override
  public Lease lease() {
    return lease;
  }

  /// What is committed of this run's ledger.
  @Override
  public LedgerCounts committedLedger() {
    return committedLedger;
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
    return recoverUntil.isAfter(position);
  }

  private void consume(Delivery delivery) {
    boolean recovering = !delivery.position().isAfter(recoverUntil);
    judge.judge(delivery, recovering);
    read++;
    position = delivery.position();
    unsaved |= !recovering;
  }

  private int commitIfNeeded(long now) {
    boolean progressWaits = unsaved && now - lastCommitMicros >= flushTimeoutMicros();
    boolean barsWait = judge.externalBars().size() >= settings.maxBatchSize();
    return progressWaits || barsWait || windows.hasDue(now, flushTimeoutMicros()) ? commit(now) : 0;
  }

  private int commit(long now) {
    requireUnbrokenLog();
    List<Bar> bars = new ArrayList<>(judge.externalBars());
    windows.emitDue(
        now,
        flushTimeoutMicros(),
        (bar, kind, waited) -> {
          bars.add(bar);
          emissions.add(new Emission(bar, kind));
          ledger.emitted(bar.provider(), waited);
        });
    long failed = publishDeadLetters();
    Checkpoint next = checkpoint();
    Failpoint.MICRO_BATCH_BEFORE_COMMIT.pass();
    CommitResult result =
        ports
            .checkpoints()
            .commit(
                lease,
                next,
                bars,
                new RunProgress(
                    settings.runId(),
                    settings.key().shard(),
                    next.ledger(),
                    failed,
                    judge.minMicros(),
                    judge.maxMicros()));
    afterCommit(next, result);
    return bars.size();
  }

  /// Letters go out before the commit, so its fence comes too late for them. Who still owns the
  /// shard has read a log that no successor had trimmed, and so judged without a gap.
  private long publishDeadLetters() {
    if (deadLetters.holdsLetters()) {
      lease = ports.checkpoints().renew(lease);
    }
    return deadLetters.publish();
  }

  private Checkpoint checkpoint() {
    Position resume = windows.firstNeeded().orElse(position);
    if (anchor.isEmpty() || !anchor.get().position().equals(resume)) {
      anchor = resume.equals(Position.START) ? Optional.empty() : log.anchor(resume);
      if (anchor.isEmpty() && !resume.equals(Position.START) && !isWhereLossWasAccepted(resume)) {
        logIsBroken = true;
        throw lost(resume);
      }
    }
    return new Checkpoint(
        position, resume, anchor, windows.gapUntil(), windows.progress(), balanced());
  }

  /// Whether nothing that was read since the accepted loss is needed yet. Else a checkpoint without
  /// an anchor would hide from the next owner that what it is to read again is gone.
  private boolean isWhereLossWasAccepted(Position resume) {
    return lossAccepted && resume.equals(recoverUntil);
  }

  /// The ledger, unless it does not add up: then nothing may be committed with it.
  private LedgerCounts balanced() {
    LedgerCounts counts = ledger.snapshot();
    if (!counts.addsUp() || counts.read() != read) {
      throw new IllegalStateException(
          "the ledger of "
              + settings.key()
              + " does not add up: "
              + read
              + " entries were read, it has "
              + counts
              + ". Nothing was committed; this is a bug");
    }
    return counts;
  }

  /// While the log is whole after the last committed entry, nothing was cut unread. Right after an
  /// accepted loss it need not be; from the next entry on it must, also under `--accept-data-loss`:
  /// the leave is for losses that are known and marked.
  private void requireUnbrokenLog() {
    Position last = committed.position();
    if (!lossAccepted && !last.equals(Position.START) && !log.isWholeAfter(last)) {
      logIsBroken = true;
      throw lost(last);
    }
  }

  /// A former owner may find that its successor has trimmed the log: then it is fenced, and nothing
  /// is lost.
  private DataException lost(Position needed) {
    lease = ports.checkpoints().renew(lease);
    return new DataException(
        "the log of "
            + settings.key()
            + " has lost entries: "
            + needed
            + " was there when it was read and is gone now, so entries after it may have gone unread: the stream was"
            + " trimmed, flushed or created again; start with --accept-data-loss to go on without them");
  }

  private void afterCommit(Checkpoint next, CommitResult result) {
    Failpoint.MICRO_BATCH_AFTER_COMMIT.pass();
    long committedAt = now();
    lossAccepted &= !next.position().isAfter(committed.position());
    committed = next;
    committedLedger = next.ledger();
    lease = result.lease();
    lastCommitMicros = committedAt;
    unsaved = false;
    judge.committed();
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
    housekeeping.afterCommit(log, windows, committed.position());
  }

  private void renewIfNeeded(long now) {
    if (now - lastCommitMicros >= settings.lease().toNanos() / 3_000) {
      if (!isRecovering() && unsaved) {
        commit(now);
      } else {
        lease = ports.checkpoints().renew(lease);
        lastCommitMicros = now;
      }
    }
  }

  private long flushTimeoutMicros() {
    return settings.flushTimeout().toNanos() / 1_000;
  }

  private long now() {
    return Micros.of(ports.clock().instant());
  }
}
