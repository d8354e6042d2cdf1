package dev.mdp.pipeline.ownership;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.error.DataException;
import java.util.Optional;

/// The proof that nothing was cut out of one shard's log unread: the last committed entry is still
/// there with all after it, and so is the one at which the next owner begins. One thread.
final class UnbrokenLog {
  private final CheckpointKey key;
  private final ShardSubscription log;
  private final HeldLease lease;
  private Optional<LogAnchor> anchor;
  private boolean lossAccepted;
  private boolean broken;

  /// While it is there, no entry after it was cut: the last one committed; before the first commit
  /// the first one needed, or the first one read.
  private Position lastVerified;

  UnbrokenLog(CheckpointKey key, ShardSubscription log, HeldLease lease, Checkpoint claimed) {
    this.key = key;
    this.log = log;
    this.lease = lease;
    this.anchor = claimed.anchor();
    this.lastVerified = claimed.resumePosition();
  }

  /// Whether entries were found to be missing.
  boolean isBroken() {
    return broken;
  }

  void consumed(Position entry) {
    if (lastVerified.equals(Position.START)) {
      lastVerified = entry;
    }
  }

  /// Right after an accepted loss the log need not be whole.
  void acceptLoss() {
    anchor = Optional.empty();
    lastVerified = Position.START;
    lossAccepted = true;
  }

  /// Throws [DataException] when entries were cut unread. From the first entry after an accepted
  /// loss on this holds also under `--accept-data-loss`: the leave is for losses that are known and
  /// marked.
  void require() {
    if (!lastVerified.equals(Position.START) && !log.isWholeAfter(lastVerified)) {
      broken = true;
      throw lost(lastVerified);
    }
  }

  /// What proves this position to the next owner; looked up where it is another than before.
  ///
  /// @param lossEnds where reading began after an accepted loss
  Optional<LogAnchor> anchor(Position resume, Position lossEnds) {
    if (anchor.isEmpty() || !anchor.get().position().equals(resume)) {
      anchor = resume.equals(Position.START) ? Optional.empty() : log.anchor(resume);
      // Nothing that was read since an accepted loss is needed yet. Else a checkpoint without an
      // anchor would hide from the next owner that what it is to read again is gone.
      boolean isWhereLossWasAccepted = lossAccepted && resume.equals(lossEnds);
      if (anchor.isEmpty() && !resume.equals(Position.START) && !isWhereLossWasAccepted) {
        broken = true;
        throw lost(resume);
      }
    }
    return anchor;
  }

  /// Everything up to this entry is committed.
  ///
  /// @param former what was committed before
  void committed(Position position, Position former) {
    lossAccepted &= !position.isAfter(former);
    if (!lastVerified.equals(Position.START)) {
      lastVerified = position;
    }
  }

  /// A former owner may find that its successor has trimmed the log: then it is fenced, and nothing
  /// is lost.
  private DataException lost(Position needed) {
    lease.renew();
    return new DataException(
        "the log of "
            + key
            + " has lost entries: "
            + needed
            + " was there when it was read and is gone now, so entries after it may have gone"
            + " unread: the stream was trimmed, flushed or created again; start with"
            + " --accept-data-loss to continue without them");
  }
}
