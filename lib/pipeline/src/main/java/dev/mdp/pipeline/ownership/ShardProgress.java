package dev.mdp.pipeline.ownership;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.DataException;
import dev.mdp.core.store.Checkpoint;
import dev.mdp.core.store.CheckpointKey;
import dev.mdp.core.store.Checkpoints;
import dev.mdp.core.store.ClaimResult;
import dev.mdp.core.store.JudgedBy;
import dev.mdp.core.store.LaneProgress;
import dev.mdp.core.store.Lease;
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.pipeline.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How far one owner has come in its shard's log and what of that is committed: the lease, the
/// place of reading, the anchor, the proof that nothing was cut out unread. One thread.
public final class ShardProgress {
  private final CheckpointKey key;
  private final Checkpoints checkpoints;
  private final ShardSubscription log;
  private final Duration leaseLength;

  private Lease lease;
  private Checkpoint committed;
  private LedgerCounts committedLedger;
  private Position position;
  private Position recoverUntil;
  private Optional<LogAnchor> anchor;
  private boolean unsaved;
  private boolean lossAccepted;
  private boolean logIsBroken;
  private long lastCommitMicros;

  /// While it is there, no entry after it was cut: the last one committed; before the first commit
  /// the first one needed, or the first one read.
  private Position lastVerified;

  /// How many entries the ledger must hold.
  private long read;

  /// Begins to read at the checkpoint's resume position.
  public ShardProgress(
      ShardTaskSettings settings,
      Checkpoints checkpoints,
      ShardSubscription log,
      ClaimResult.Claimed claimed,
      long nowMicros) {
    this(settings, checkpoints, log, claimed, claimed.checkpoint().resumePosition(), nowMicros);
  }

  /// Begins to read there, at the checkpoint's resume position or further back. What lies before
  /// that position may be cut off the log while it is read.
  public ShardProgress(
      ShardTaskSettings settings,
      Checkpoints checkpoints,
      ShardSubscription log,
      ClaimResult.Claimed claimed,
      Position from,
      long nowMicros) {
    this.key = settings.key();
    this.leaseLength = settings.lease();
    this.checkpoints = checkpoints;
    this.log = log;
    this.lease = claimed.lease();
    this.committed = claimed.checkpoint();
    this.committedLedger = claimed.runLedger();
    this.position = from;
    this.lastVerified = committed.resumePosition();
    this.recoverUntil = committed.position();
    this.anchor = committed.anchor();
    this.read = claimed.runLedger().read();
    this.lastCommitMicros = nowMicros;
    if (from.equals(committed.resumePosition())) {
      log.seek(from);
    } else {
      log.seekPastLoss(from);
    }
  }

  public Lease lease() {
    return lease;
  }

  public Checkpoint committed() {
    return committed;
  }

  /// What is committed of this run's ledger.
  public LedgerCounts committedLedger() {
    return committedLedger;
  }

  /// Whether entries come again that were consumed before the last restart.
  public boolean isRecovering() {
    return recoverUntil.isAfter(position);
  }

  /// Whether this entry was consumed before the last restart.
  public boolean isKnown(Position entry) {
    return !entry.isAfter(recoverUntil);
  }

  /// Whether entries were consumed that no checkpoint has.
  public boolean isUnsaved() {
    return unsaved;
  }

  /// How many entries were read since the last commit.
  public long readSinceCommit() {
    return read - committedLedger.read();
  }

  public boolean logIsBroken() {
    return logIsBroken;
  }

  public long lastCommitMicros() {
    return lastCommitMicros;
  }

  /// The last entry consumed.
  public Position position() {
    return position;
  }

  /// An entry was classified.
  public void consumed(Position entry) {
    read++;
    position = entry;
    if (lastVerified.equals(Position.START)) {
      lastVerified = entry;
    }
    unsaved |= !isKnown(entry);
  }

  /// The log has lost entries and the operator accepts it: what is stored stays as it is, reading
  /// continues after it.
  public void acceptLoss(Position lastEver) {
    position = lastEver.isAfter(recoverUntil) ? recoverUntil : lastEver;
    recoverUntil = position;
    anchor = Optional.empty();
    log.seekPastLoss(position);
    lastVerified = Position.START;
    unsaved = true;
    lossAccepted = true;
  }

  /// While the log is whole after the last committed entry, nothing was cut unread. Right after an
  /// accepted loss it need not be; from the next entry on it must, also under `--accept-data-loss`:
  /// the leave is for losses that are known and marked.
  public void requireUnbrokenLog() {
    if (!lastVerified.equals(Position.START) && !log.isWholeAfter(lastVerified)) {
      logIsBroken = true;
      throw lost(lastVerified);
    }
  }

  /// The next checkpoint. Its anchor is looked up where it is another than before. The resume
  /// position never goes back.
  ///
  /// @param needed the first entry that is still needed
  public Checkpoint next(
      Position needed,
      Position gapUntil,
      List<LaneProgress> lanes,
      Ledger ledger,
      JudgedBy judgedBy) {
    Position resume =
        needed.isAfter(committed.resumePosition()) ? needed : committed.resumePosition();
    if (anchor.isEmpty() || !anchor.get().position().equals(resume)) {
      anchor = resume.equals(Position.START) ? Optional.empty() : log.anchor(resume);
      if (anchor.isEmpty() && !resume.equals(Position.START) && !isWhereLossWasAccepted(resume)) {
        logIsBroken = true;
        throw lost(resume);
      }
    }
    return new Checkpoint(position, resume, anchor, gapUntil, lanes, balanced(ledger), judgedBy);
  }

  /// What has classified everything up to the last entry consumed.
  ///
  /// @param maxFutureMicros classified what the last checkpoint had not passed
  public JudgedBy judgedBy(long maxFutureMicros) {
    return committed.judgedBy().andThen(position, maxFutureMicros);
  }

  /// Whether nothing that was read since the accepted loss is needed yet. Else a checkpoint without
  /// an anchor would hide from the next owner that what it is to read again is gone.
  private boolean isWhereLossWasAccepted(Position resume) {
    return lossAccepted && resume.equals(recoverUntil);
  }

  /// The ledger, unless it does not add up: then nothing may be committed with it.
  private LedgerCounts balanced(Ledger ledger) {
    LedgerCounts counts = ledger.snapshot();
    if (!counts.addsUp() || counts.read() != read) {
      throw new IllegalStateException(
          "the ledger of "
              + key
              + " does not add up: "
              + read
              + " entries were read, it has "
              + counts
              + ". Nothing was committed; this is a bug");
    }
    return counts;
  }

  /// A former owner may find that its successor has trimmed the log: then it is fenced, and nothing
  /// is lost.
  private DataException lost(Position needed) {
    renew();
    return new DataException(
        "the log of "
            + key
            + " has lost entries: "
            + needed
            + " was there when it was read and is gone now, so entries after it may have gone"
            + " unread: the stream was trimmed, flushed or created again; start with"
            + " --accept-data-loss to continue without them");
  }

  /// This checkpoint is committed.
  public void committed(Checkpoint next, Lease extended, long nowMicros) {
    lossAccepted &= !next.position().isAfter(committed.position());
    committed = next;
    if (!lastVerified.equals(Position.START)) {
      lastVerified = next.position();
    }
    committedLedger = next.ledger();
    lease = extended;
    lastCommitMicros = nowMicros;
    unsaved = false;
  }

  /// Whether the lease should be extended soon, by a commit or without one.
  public boolean isLeaseDue(long nowMicros) {
    return nowMicros - lastCommitMicros >= leaseLength.toNanos() / 3_000;
  }

  /// Extends the lease without a commit.
  public void renew(long nowMicros) {
    renew();
    lastCommitMicros = nowMicros;
  }

  /// Extends the lease, or finds that it was lost.
  public void renew() {
    lease = checkpoints.renew(lease);
  }

  public void release() {
    checkpoints.release(lease);
  }
}
