package dev.mdp.pipeline.ownership;

import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.JudgedBy;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.Leases;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.pipeline.Ledger;
import java.util.List;

/// How far one owner has come in its shard's log and what of that is committed: the lease, the
/// place of reading, the ledger, the next checkpoint. One thread.
public final class ShardProgress {
  private final CheckpointKey key;
  private final ShardSubscription log;
  private final HeldLease lease;
  private final UnbrokenLog unbroken;
  private Checkpoint committed;
  private LedgerCounts committedLedger;
  private Position position;
  private Position recoverUntil;
  private boolean unsaved;

  /// How many entries the ledger must hold.
  private long read;

  /// Begins to read at the checkpoint's resume position.
  public ShardProgress(
      ShardTaskSettings settings,
      Leases leases,
      ShardSubscription log,
      ClaimResult.Claimed claimed,
      long nowMicros) {
    this(settings, leases, log, claimed, claimed.checkpoint().resumePosition(), nowMicros);
  }

  /// Begins to read there, at the checkpoint's resume position or further back. What is before that
  /// position may be cut off the log while it is read.
  public ShardProgress(
      ShardTaskSettings settings,
      Leases leases,
      ShardSubscription log,
      ClaimResult.Claimed claimed,
      Position from,
      long nowMicros) {
    this.key = settings.key();
    this.log = log;
    this.lease = new HeldLease(leases, settings.lease(), claimed.lease(), nowMicros);
    this.committed = claimed.checkpoint();
    this.unbroken = new UnbrokenLog(key, log, lease, committed);
    this.committedLedger = claimed.runLedger();
    this.position = from;
    this.recoverUntil = committed.position();
    this.read = claimed.runLedger().read();
    if (from.equals(committed.resumePosition())) {
      log.seek(from);
    } else {
      log.seekPastLoss(from);
    }
  }

  public HeldLease held() {
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
    return unbroken.isBroken();
  }

  /// The last entry consumed.
  public Position position() {
    return position;
  }

  /// An entry was classified.
  public void consumed(Position entry) {
    read++;
    position = entry;
    unbroken.consumed(entry);
    unsaved |= !isKnown(entry);
  }

  /// The log has lost entries and the operator accepts it: what is stored stays as it is, reading
  /// continues after it.
  public void acceptLoss(Position lastEver) {
    position = lastEver.isAfter(recoverUntil) ? recoverUntil : lastEver;
    recoverUntil = position;
    log.seekPastLoss(position);
    unbroken.acceptLoss();
    unsaved = true;
  }

  /// Throws `DataException` when entries were cut unread.
  public void requireUnbrokenLog() {
    unbroken.require();
  }

  /// The next checkpoint. The resume position never goes back.
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
    return new Checkpoint(
        position,
        resume,
        unbroken.anchor(resume, recoverUntil),
        gapUntil,
        lanes,
        balanced(ledger),
        judgedBy);
  }

  /// What has classified everything up to the last entry consumed.
  ///
  /// @param maxFutureMicros classified what the last checkpoint had not passed
  public JudgedBy judgedBy(long maxFutureMicros) {
    return committed.judgedBy().andThen(position, maxFutureMicros);
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

  /// This checkpoint is committed.
  public void committed(Checkpoint next, Lease extended, long nowMicros) {
    unbroken.committed(next.position(), committed.position());
    committed = next;
    committedLedger = next.ledger();
    lease.extended(extended, nowMicros);
    unsaved = false;
  }
}
