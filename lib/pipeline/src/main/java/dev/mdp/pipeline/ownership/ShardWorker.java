package dev.mdp.pipeline.ownership;

import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.error.AccessException;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.pipeline.worker.Worker;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Works on one shard: stands by until it is free, owns it, and after any error throws the task
/// away and claims again. The one recovery rule is here: discard, claim, read the row, read the
/// log. One thread, except for [#task], [#owns], [#ledger] and [#lossAccepted].
///
/// @param <T> what the shard is turned into
public class ShardWorker<T extends ShardTask> implements Worker {
  private static final Logger LOG = LoggerFactory.getLogger(ShardWorker.class);

  private final String name;
  private final ShardTaskSettings settings;
  private final ShardTaskPorts ports;
  private final ShardSubscription log;
  private final ShardTaskFactory<T> tasks;
  private final Standby standby;
  private volatile @Nullable T task;
  private volatile LedgerCounts ledger = LedgerCounts.NONE;
  private boolean tryingAgain;
  private boolean claimable;
  private volatile boolean lossAccepted;

  /// @param log closed by this worker when it ends
  public ShardWorker(
      String name,
      ShardTaskSettings settings,
      ShardTaskPorts ports,
      ShardSubscription log,
      ShardTaskFactory<T> tasks) {
    this.name = name;
    this.settings = settings;
    this.ports = ports;
    this.log = log;
    this.tasks = tasks;
    this.standby = new Standby(settings.key(), ports, log);
  }

  @Override
  public final String name() {
    return name + "-" + settings.key().shard();
  }

  @Override
  public int poll() {
    T current = task;
    try {
      return switch (ports.assignment().of(settings.key().shard())) {
        case ASSIGNED -> current == null ? claim(false) : current.poll();
        case NEWLY_ASSIGNED -> current == null ? claim(true) : current.poll();
        case REVOKED -> giveBack(current);
        case LOST -> lose(current);
        case NOT_ASSIGNED -> current == null ? standBy() : giveBack(current);
      };
    } catch (FencedException e) {
      LOG.warn("{}: {}; standing by", settings.key(), e.getMessage());
      discard();
      letGo();
      return 0;
    } catch (ConflictException e) {
      LOG.warn("{}: {}; trying again", settings.key(), e.getMessage());
      discard();
      standby.pause();
      return 0;
    } catch (AccessException e) {
      discard();
      tryingAgain = true;
      throw e;
    } catch (ConfigException e) {
      if (current != null) {
        giveUp(e);
      }
      throw e;
    } catch (MdpException e) {
      discard();
      if (settings.acceptDataLoss() && current != null && current.logIsBroken()) {
        return 0; // the next claim sees the loss, accepts and marks it
      }
      tryingAgain = true;
      throw e;
    }
  }

  @Override
  public final boolean finished() {
    return false;
  }

  /// Standing by and catching up are not idleness until its owner has read the shard's log to its
  /// end. That a poll brought nothing does not prove that: a broker may be slow.
  @Override
  public final boolean isWaiting() {
    T current = task;
    return current == null ? !standby.isUsedUp() : current.isRecovering() || !log.reachedEnd();
  }

  @Override
  public final void drain() {
    T current = task;
    if (current != null) {
      try {
        current.drain();
      } catch (FencedException e) {
        LOG.warn("{}: {}; nothing to drain", settings.key(), e.getMessage());
      }
      end(current, true);
    }
    log.close();
    tasks.close();
  }

  /// Commits what is due and gives the shard up, to claim it again with the next [#poll].
  public final void beginAgain() {
    T current = task;
    if (current != null) {
      try {
        current.drain();
        end(current, true);
      } catch (MdpException e) {
        LOG.debug("{}: begins again without a commit", settings.key(), e);
        discard();
      }
    }
  }

  @Override
  public final void abandon() {
    T current = task;
    discard();
    if (current != null) {
      try {
        ports.checkpoints().leases().release(current.lease());
      } catch (MdpException e) {
        LOG.debug("{}: the lease runs out by itself", settings.key(), e);
      }
    }
    log.close();
    tasks.close();
  }

  /// What of this run is committed.
  public final LedgerCounts ledger() {
    T current = task;
    return current == null ? ledger : current.committedLedger();
  }

  private int claim(boolean takeOver) {
    switch (ports.checkpoints().leases().claim(settings.claim(takeOver))) {
      case ClaimResult.Held held -> {
        standby.say(held);
        letGo();
        standby.pause();
      }
      case ClaimResult.Claimed claimed -> begin(claimed);
    }
    return 0;
  }

  /// Reports now, not when it is needed, that this worker could never take over.
  private int standBy() {
    if (!claimable) {
      ports.checkpoints().leases().requireClaimable(settings.claim(false));
      claimable = true;
    }
    standby.pause();
    return 0;
  }

  /// Another process is to have the shard: what is due is committed and the lease released, so that
  /// it need not wait.
  private int giveBack(@Nullable T current) {
    if (current != null) {
      current.drain();
      LOG.info("{}: given back to the group", settings.key());
      discard();
    }
    letGo();
    return 0;
  }

  /// Another process may own the shard already: nothing is written.
  private int lose(@Nullable T current) {
    if (current != null) {
      LOG.warn("{}: lost to the group; what was not committed is its next owner's", settings.key());
      discard();
    }
    letGo();
    return 0;
  }

  private void letGo() {
    ports.assignment().letGo(settings.key().shard());
  }

  private void begin(ClaimResult.Claimed claimed) {
    standby.over();
    Checkpoint checkpoint = claimed.checkpoint();
    log.seek(checkpoint.resumePosition()); // from here on it is the log as it is now
    Optional<String> lost = LogCheck.lost(settings.key(), checkpoint, log);
    if (lost.isPresent() && !settings.acceptDataLoss()) {
      // A worker overtaken since then sees what its successor trimmed: that is not a loss.
      ports.checkpoints().leases().release(ports.checkpoints().leases().renew(claimed.lease()));
      throw new DataException(
          lost.get()
              + ". Nothing was written. Start with --accept-data-loss to continue without them; `mdp"
              + " verify bars --repair` then rebuilds what tick_data has");
    }
    T next = tasks.begin(claimed);
    LogBounds bounds = log.bounds();
    if (lost.isPresent()) {
      LOG.warn("{}; continuing, as --accept-data-loss says", lost.get());
      next.acceptLoss(bounds.lastEver());
      lossAccepted = true;
    }
    if (claimed.fresh() && bounds.headTrimmed()) {
      LOG.info(
          "{}: new group, and the log's head is gone: begins at {} with the first whole windows",
          settings.key(),
          bounds.first().map(Position::toString).orElse("the next entry"));
      next.logHeadTrimmed(bounds.lastEver());
    }
    task = next;
    tellOwned(claimed.lease().epoch());
    ports.assignment().taken(settings.key().shard());
    LOG.atLevel(tryingAgain ? Level.DEBUG : Level.INFO)
        .log(
            "{}: owned, epoch {}, reading from {}",
            settings.key(),
            claimed.lease().epoch(),
            checkpoint.resumePosition());
    tryingAgain = false;
  }

  /// Whether entries were lost and the operator accepted it.
  public final boolean lossAccepted() {
    return lossAccepted;
  }

  /// The cap is reached: what was read before is committed, the shard is free for a worker with
  /// better settings.
  private void giveUp(ConfigException cause) {
    try {
      drain();
    } catch (MdpException e) {
      cause.addSuppressed(e);
    }
  }

  private void discard() {
    T current = task;
    if (current != null) {
      end(current, false);
    }
  }

  private void end(T current, boolean drained) {
    task = null;
    tellOwned(0);
    ledger = current.committedLedger();
    tasks.ended(current, drained);
  }

  private void tellOwned(long epoch) {
    ports
        .metrics()
        .shardOwned(settings.key().topic(), settings.key().group(), settings.key().shard(), epoch);
  }

  /// The task with which it owns the shard now, if it does.
  public final Optional<T> task() {
    return Optional.ofNullable(task);
  }

  /// Whether this worker owns its shard now.
  public final boolean owns() {
    return task != null;
  }

  @Override
  public final boolean isStandingBy() {
    return !owns();
  }
}
