package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Signal;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.store.Checkpoint;
import dev.mdp.core.store.ClaimResult;
import dev.mdp.core.store.CommitResult;
import dev.mdp.core.store.Evaluated;
import dev.mdp.core.store.EvaluationState;
import dev.mdp.core.store.JudgedBy.Reach;
import dev.mdp.core.store.Lease;
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.core.store.RunProgress;
import dev.mdp.core.store.SymbolState;
import dev.mdp.pipeline.Ledger;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.ownership.GroupPositionReporter;
import dev.mdp.pipeline.ownership.ShardProgress;
import dev.mdp.pipeline.ownership.ShardTask;
import dev.mdp.pipeline.window.TumblingWindows;
import dev.mdp.pipeline.worker.Periodic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One period of owning one shard, from the claim to the first error or the release: reads, folds
/// ticks into slices and evaluation windows, evaluates every window at the very entry that closes
/// it, commits signals and state with the checkpoint, publishes what is committed. One thread.
///
/// An owner begins with windows that know nothing and reads everything that a later evaluation
/// needs once more; evaluations that are committed are not done again, what of them is recursive
/// comes from the store.
public final class SignalTask implements ShardTask {
  private static final Duration QUIET_WAIT = Duration.ofMillis(500);
  private static final Duration BUSY_WAIT = Duration.ofMillis(100);

  private final InferSettings settings;
  private final InferPorts ports;
  private final Inference inference;
  private final ShardSubscription log;
  private final ShardDeadLetters deadLetters;
  private final Outbox outbox;
  private final Ledger ledger;
  private final ShardProgress progress;
  private final TumblingWindows windows;
  private final Lanes lanes;
  private final SignalEntryClassifier classifier;
  private final GroupPositionReporter positions;
  private final Periodic everyMinute;
  private final PendingEvaluations pending;
  private final EvaluationMetrics counted;
  private final List<Evaluated.Lane> forgotten = new ArrayList<>();

  /// Evaluated since the last commit.
  private final Set<SymbolEvaluation> changed = new LinkedHashSet<>();

  private final Reach wanted;
  private final Reading reading;
  private final Rereading rereading;
  private final Closings closings;

  SignalTask(
      InferSettings settings,
      InferPorts ports,
      Inference inference,
      ShardSubscription log,
      ShardDeadLetters deadLetters,
      Outbox outbox,
      ClaimResult.Claimed claimed) {
    this.settings = settings;
    this.ports = ports;
    this.inference = inference;
    this.log = log;
    this.deadLetters = deadLetters;
    this.outbox = outbox;
    this.ledger = Ledger.goOn(claimed.runLedger());
    this.positions =
        new GroupPositionReporter(log, settings.ownership().key(), ports.owning().clock());
    this.everyMinute = Periodic.after(Duration.ofMinutes(1), ports.owning().clock());
    this.pending = new PendingEvaluations(inference, ports.metrics());
    this.counted = new EvaluationMetrics(settings.ownership().key(), ports.metrics(), claimed);
    Checkpoint checkpoint = claimed.checkpoint();
    this.wanted = settings.reach(inference.features());
    this.reading = Reading.of(checkpoint, wanted, settings.lateness().maxFutureMicros(), log);
    this.lanes = new Lanes(inference, wanted, reading.covered());
    EvaluationState state =
        ports.owning().checkpoints().evaluationState(settings.ownership().key());
    lanes.restore(state.symbols());
    this.windows =
        TumblingWindows.restore(
            lanes.restore(reading, checkpoint.lanes()),
            claimed.intervals(),
            settings.lateness().withIntervals(InferSettings.windows(inference.features())));
    windows.logHeadTrimmed(checkpoint.gapUntil());
    this.rereading = new Rereading(reading, checkpoint, lanes, windows, log, changed);
    rereading.beginWhatWasLetGo();
    this.closings =
        new Closings(
            inference.features(),
            settings.lateness().allowLateMicros(),
            windows,
            lanes,
            pending,
            changed,
            ports.metrics());
    outbox.restore(state.unpublished());
    this.classifier =
        new SignalEntryClassifier(
            settings.ownership().key().group(),
            settings.includeReplays(),
            windows,
            checkpoint.judgedBy(),
            settings.lateness().maxFutureMicros(),
            lanes,
            ledger,
            deadLetters,
            ports.conflicts(),
            changed);
    this.progress =
        new ShardProgress(
            settings.ownership(),
            ports.owning().checkpoints(),
            log,
            claimed,
            reading.from(),
            now());
  }

  @Override
  public void logHeadTrimmed(Position until) {
    windows.logHeadTrimmed(until);
  }

  @Override
  public void acceptLoss(Position lastEver) {
    windows.acceptGap(lastEver);
    for (EvaluatedLane lane : lanes.all()) {
      lane.lostEntries();
      changed.addAll(lane.symbols());
    }
    progress.acceptLoss(lastEver);
  }

  /// Reads, evaluates, commits and publishes; returns how many entries and signals it handled.
  @Override
  public int poll() {
    outbox.publish();
    boolean waits = progress.isUnsaved() || pending.isWaiting();
    List<Delivery> batch = log.poll(settings.maxBatchSize(), waits ? BUSY_WAIT : QUIET_WAIT);
    if (!batch.isEmpty()) {
      Failpoint.INFER_AFTER_READ.pass();
    }
    for (Delivery delivery : batch) {
      consume(delivery);
    }
    if (isRecovering()) {
      Failpoint.INFER_IN_RECOVERY.pass();
    }
    long now = now();
    windows.read(now, log.reachedEnd(), isRecovering());
    if (windows.hasDue(0, Long.MAX_VALUE)) {
      closings.evaluate(isRecovering());
    }
    if (!isRecovering()) {
      closings.evaluateMissed();
    }
    int written = isRecovering() ? 0 : commitIfNeeded(now);
    renewIfNeeded(now);
    return batch.size() + written;
  }

  private void consume(Delivery delivery) {
    boolean known = progress.isKnown(delivery.position());
    rereading.comes(delivery);
    if (!known) {
      closings.evaluateMissed();
    }
    if (classifier.endsSilence(delivery)) {
      if (!known) {
        windows.sealSilent(delivery.appendMicros());
      }
      closings.evaluate(known);
    }
    classifier.classify(delivery, known);
    if (lanes.marked(delivery.position())) {
      log.keepAnchor(delivery.position());
    }
    progress.consumed(delivery.position());
    if (windows.lastLaneHasDecided()) {
      closings.evaluate(known);
    }
    if (lanes.hasEnded()) {
      closings.evaluate(known);
      for (Evaluated.Lane lane : lanes.forgetEnded(known)) {
        forgotten.add(lane);
        changed.removeIf(symbol -> symbol.isOf(lane));
      }
    }
  }

  private int commitIfNeeded(long now) {
    boolean progressWaits =
        progress.isUnsaved() && now - progress.lastCommitMicros() >= flushTimeoutMicros();
    return progressWaits || pending.isWaiting() ? commit() : 0;
  }

  private int commit() {
    progress.requireUnbrokenLog();
    List<Signal> signals = pending.answer();
    Position needed = lanes.firstNeeded(windows.newestAppend()).orElse(progress.position());
    boolean isEnough = !progress.committed().resumePosition().isAfter(needed);
    List<SymbolState> states = states(isEnough);
    if (deadLetters.holdsLetters()) {
      progress.renew();
    }
    long failed = deadLetters.publish();
    Checkpoint next =
        progress.next(
            needed,
            windows.gapUntil(),
            windows.progress(),
            ledger,
            progress
                .judgedBy(settings.lateness().maxFutureMicros())
                .withReach(reading.reachOf(isEnough, windows.newestAppend())));
    Failpoint.INFER_BEFORE_COMMIT.pass();
    CommitResult result =
        ports
            .owning()
            .checkpoints()
            .commit(
                progress.lease(),
                next,
                outbox.evaluated(signals, states, forgotten),
                new RunProgress(
                    settings.ownership().runId(),
                    settings.ownership().key().shard(),
                    next.ledger(),
                    failed,
                    pending.minMicros(),
                    pending.maxMicros()));
    progress.committed(next, result.lease(), now());
    outbox.committed();
    forgotten.clear();
    changed.clear();
    pending.committed();
    counted.committed(next.ledger(), now(), classifier.lastLiveAppend());
    positions.report(next.position());
    outbox.publish();
    if (everyMinute.isDue()) {
      LogBounds bounds = log.bounds();
      windows.forgetLanesBefore(bounds.first().orElse(bounds.lastEver()));
      outbox.trim(ports.owning().clock().instant().minus(settings.retention()));
    }
    return signals.size();
  }

  /// What is kept of each symbol that changed, or of which a slice fell out of reach.
  ///
  /// @param isEnough whether the resume position is enough for the features
  private List<SymbolState> states(boolean isEnough) {
    if (isEnough && lanes.covered()) {
      lanes.all().forEach(lane -> changed.addAll(lane.symbols()));
    }
    for (EvaluatedLane lane : lanes.all()) {
      changed.addAll(lane.evictedSlices());
    }
    List<SymbolState> states = new ArrayList<>();
    for (SymbolEvaluation symbol : changed) {
      states.add(symbol.stored(lanes.of(symbol.provider(), symbol.lane()).reachBegins()));
    }
    return states;
  }

  /// What is committed is published and noted as such; windows that are not closed stay for the
  /// next start.
  @Override
  public void drain() {
    if (!isRecovering() && (progress.isUnsaved() || pending.isWaiting() || outbox.isUntold())) {
      commit();
      if (outbox.isUntold()) {
        commit();
      }
    }
    positions.reportNow(progress.committed().position());
    progress.release();
  }

  private void renewIfNeeded(long now) {
    if (progress.isLeaseDue(now)) {
      if (!isRecovering() && progress.isUnsaved()) {
        commit();
      } else {
        progress.renew(now);
      }
    }
  }

  @Override
  public boolean isRecovering() {
    return progress.isRecovering();
  }

  @Override
  public boolean logIsBroken() {
    return progress.logIsBroken();
  }

  @Override
  public Lease lease() {
    return progress.lease();
  }

  @Override
  public LedgerCounts committedLedger() {
    return progress.committedLedger();
  }

  /// What is pending at each evaluation of this owner.
  Inference inference() {
    return inference;
  }

  private long flushTimeoutMicros() {
    return Micros.of(settings.flushTimeout());
  }

  private long now() {
    return Micros.of(ports.owning().clock().instant());
  }
}
