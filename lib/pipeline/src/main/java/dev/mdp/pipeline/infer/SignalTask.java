package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.EvaluationState;
import dev.mdp.core.checkpoint.JudgedBy.Reach;
import dev.mdp.core.checkpoint.SymbolState;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Signal;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.pipeline.FutureLimit;
import dev.mdp.pipeline.Ledger;
import dev.mdp.pipeline.ShardDeadLetters;
import dev.mdp.pipeline.ownership.GroupPositionReporter;
import dev.mdp.pipeline.ownership.LogTask;
import dev.mdp.pipeline.ownership.ShardProgress;
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
public final class SignalTask extends LogTask {
  private final InferSettings settings;
  private final Inference inference;
  private final Outbox outbox;
  private final Lanes lanes;
  private final SignalEntryClassifier classifier;
  private final GroupPositionReporter positions;
  private final Periodic everyMinute;
  private final PendingEvaluations pending;
  private final EvaluationMetrics counted;

  /// Evaluated since the last commit.
  private final Set<SymbolEvaluation> changed = new LinkedHashSet<>();

  private final Rereading rereading;
  private final Closings closings;

  /// What a checkpoint and the store say of the shard.
  private record Restored(
      Reading reading, Lanes lanes, TumblingWindows windows, EvaluationState state) {
    static Restored of(
        InferSettings settings,
        InferPorts ports,
        Inference inference,
        ShardSubscription log,
        ClaimResult.Claimed claimed) {
      Checkpoint checkpoint = claimed.checkpoint();
      Reach wanted = settings.reach(inference.features());
      Reading reading = Reading.of(checkpoint, wanted, settings.lateness().maxFutureMicros(), log);
      Lanes lanes = new Lanes(inference, wanted, reading.covered());
      EvaluationState state =
          ports.owning().checkpoints().commits().evaluationState(settings.ownership().key());
      lanes.restore(state.symbols());
      TumblingWindows windows =
          TumblingWindows.restore(
              lanes.restore(reading, checkpoint.lanes()),
              claimed.intervals(),
              settings.lateness().withIntervals(InferSettings.windows(inference.features())));
      windows.logHeadTrimmed(checkpoint.gapUntil());
      return new Restored(reading, lanes, windows, state);
    }
  }

  SignalTask(
      InferSettings settings,
      InferPorts ports,
      Inference inference,
      ShardSubscription log,
      ShardDeadLetters deadLetters,
      Outbox outbox,
      ClaimResult.Claimed claimed) {
    this(
        settings,
        ports,
        inference,
        log,
        deadLetters,
        outbox,
        claimed,
        Restored.of(settings, ports, inference, log, claimed));
  }

  private SignalTask(
      InferSettings settings,
      InferPorts ports,
      Inference inference,
      ShardSubscription log,
      ShardDeadLetters deadLetters,
      Outbox outbox,
      ClaimResult.Claimed claimed,
      Restored restored) {
    super(
        settings.ownership(),
        new Reads(
            settings.maxBatchSize(),
            settings.flushTimeout(),
            Failpoint.INFER_AFTER_READ,
            Failpoint.INFER_IN_RECOVERY),
        log,
        deadLetters,
        Ledger.goOn(claimed.runLedger()),
        restored.windows(),
        new ShardProgress(
            settings.ownership(),
            ports.owning().checkpoints().leases(),
            log,
            claimed,
            restored.reading().from(),
            Micros.of(ports.owning().clock().instant())),
        ports.owning().checkpoints().commits(),
        ports.owning().clock());
    this.settings = settings;
    this.inference = inference;
    this.outbox = outbox;
    this.lanes = restored.lanes();
    this.positions =
        new GroupPositionReporter(log, settings.ownership().key(), ports.owning().clock());
    this.everyMinute = Periodic.after(Duration.ofMinutes(1), ports.owning().clock());
    this.pending = new PendingEvaluations(inference, ports.metrics());
    this.counted =
        new EvaluationMetrics(settings.ownership().key(), ports.owning().metrics(), claimed);
    this.rereading =
        new Rereading(restored.reading(), claimed.checkpoint(), lanes, windows, log, changed);
    rereading.beginWhatWasLetGo();
    this.closings =
        new Closings(
            inference.features(),
            settings.lateness().allowLateMicros(),
            windows,
            lanes,
            pending,
            changed,
            ports.owning().metrics());
    outbox.restore(restored.state().unpublished());
    this.classifier =
        new SignalEntryClassifier(
            settings.ownership().key().group(),
            settings.includeReplays(),
            windows,
            new FutureLimit(claimed.checkpoint().judgedBy(), settings.lateness().maxFutureMicros()),
            lanes,
            ledger,
            deadLetters,
            ports.conflicts(),
            changed);
  }

  @Override
  public void acceptLoss(Position lastEver) {
    super.acceptLoss(lastEver);
    for (EvaluatedLane lane : lanes.all()) {
      lane.lostEntries();
      changed.addAll(lane.symbols().all());
    }
  }

  /// Publishes what is committed, then reads, evaluates, commits and publishes.
  @Override
  public int poll() {
    outbox.publish();
    return super.poll();
  }

  @Override
  protected boolean isQuiet() {
    return !progress.isUnsaved() && !pending.isWaiting();
  }

  @Override
  protected void batchConsumed() {
    if (windows.hasDue(0, Long.MAX_VALUE)) {
      closings.evaluate(isRecovering());
    }
    if (!isRecovering()) {
      closings.evaluateMissed();
    }
  }

  @Override
  protected void consume(Delivery delivery) {
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
        changed.removeIf(symbol -> symbol.isOf(lane));
      }
    }
  }

  @Override
  protected int commitIfNeeded(long now) {
    return progressWaits(now) || pending.isWaiting() ? commit(now) : 0;
  }

  @Override
  protected int commit(long now) {
    progress.requireUnbrokenLog();
    List<Signal> signals = pending.answer();
    Position needed = lanes.firstNeeded(windows.newestAppend()).orElse(progress.position());
    boolean isEnough = !progress.committed().resumePosition().isAfter(needed);
    List<SymbolState> states = states(isEnough);
    long failed = publishDeadLetters();
    Checkpoint next =
        progress.next(
            needed,
            windows.gapUntil(),
            windows.progress(),
            ledger,
            progress
                .judgedBy(settings.lateness().maxFutureMicros())
                .withReach(rereading.reachOf(isEnough, windows.newestAppend())));
    Failpoint.INFER_BEFORE_COMMIT.pass();
    CommitResult result =
        commit(
            next,
            outbox.evaluated(signals, states, lanes.forgotten()),
            failed,
            pending.evaluated());
    progress.committed(next, result.lease(), now());
    outbox.committed();
    lanes.committed();
    changed.clear();
    pending.committed();
    counted.committed(next.ledger(), now(), classifier.lastLiveAppend());
    positions.report(next.position());
    outbox.publish();
    if (everyMinute.isDue()) {
      LogBounds bounds = log.bounds();
      windows.forgetLanesBefore(bounds.first().orElse(bounds.lastEver()));
      outbox.trim(Micros.instant(now()).minus(settings.retention()));
    }
    return signals.size();
  }

  /// What is kept of each symbol that changed, or of which a slice fell out of reach.
  ///
  /// @param isEnough whether the resume position is enough for the features
  private List<SymbolState> states(boolean isEnough) {
    if (isEnough && lanes.covered()) {
      lanes.all().forEach(lane -> changed.addAll(lane.symbols().all()));
    }
    for (EvaluatedLane lane : lanes.all()) {
      changed.addAll(lane.slices().evicted());
    }
    List<SymbolState> states = new ArrayList<>();
    for (SymbolEvaluation symbol : changed) {
      states.add(symbol.stored(lanes.of(symbol.provider(), symbol.lane()).slices().reachBegins()));
    }
    return states;
  }

  /// What is committed is published and noted as such; windows that are not closed stay for the
  /// next start.
  @Override
  public void drain() {
    if (!isRecovering() && (progress.isUnsaved() || pending.isWaiting() || outbox.isUntold())) {
      commit(now());
      if (outbox.isUntold()) {
        commit(now());
      }
    }
    positions.reportNow(progress.committed().position());
    progress.held().release();
  }

  /// What is pending at each evaluation of this owner.
  Inference inference() {
    return inference;
  }
}
