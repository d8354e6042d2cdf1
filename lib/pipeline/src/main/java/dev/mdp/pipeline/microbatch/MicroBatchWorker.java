package dev.mdp.pipeline.microbatch;

import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.store.Checkpoint;
import dev.mdp.core.store.ClaimRequest;
import dev.mdp.core.store.ClaimResult;
import dev.mdp.core.store.LateSymbol;
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.pipeline.DeadLetterOutbox;
import dev.mdp.pipeline.LateEvents;
import dev.mdp.pipeline.worker.Worker;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Turns one shard's events into bars: stands by until the shard is free, owns it, and after any
/// error throws the ownership away and claims again. The one recovery rule is here: discard, claim,
/// read the row, read the log.
public final class MicroBatchWorker implements Worker {
  private static final Logger LOG = LoggerFactory.getLogger(MicroBatchWorker.class);

  private final MicroBatchSettings settings;
  private final MicroBatchPorts ports;
  private final ShardSubscription log;
  private final DeadLetterBox deadLetters;
  private final LateEvents late;
  private final Standby standby;
  private @Nullable ShardOwner owner;
  private LedgerCounts ledger = LedgerCounts.NONE;
  private boolean tryingAgain;
  private boolean lossAccepted;
  private long conflicting;
  private long sealedEarly;
  private long keptOpenWindows;

  public MicroBatchWorker(MicroBatchSettings settings, MicroBatchPorts ports) {
    this.settings = settings;
    this.ports = ports;
    this.log = ports.bus().openShard(settings.key().topic(), settings.key().shard());
    this.deadLetters =
        new DeadLetterBox(
            settings.key(),
            new DeadLetterOutbox(ports.bus(), settings.key().topic(), ports.encoder()),
            ports.clock());
    this.late = new LateEvents(settings.key().group(), ports.metrics());
    this.standby = new Standby(settings.key(), ports, log);
  }

  @Override
  public String name() {
    return "micro-batch-" + settings.key().shard();
  }

  @Override
  public int poll() {
    ShardOwner current = owner;
    try {
      return switch (ports.shares().of(settings.key().shard())) {
        case MINE -> current == null ? claim(false) : current.poll();
        case ASSIGNED -> current == null ? claim(true) : current.poll();
        case GIVE_BACK -> giveBack(current);
        case LOST -> lose(current);
        case OTHERS -> current == null ? standBy() : giveBack(current);
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
  public boolean finished() {
    return false;
  }

  /// Standing by and catching up are no idleness, as long as the shard's log is not used up to its
  /// end by whoever owns it.
  @Override
  public boolean isWaiting() {
    ShardOwner current = owner;
    return current == null ? !standby.isUsedUp() : current.isRecovering();
  }

  @Override
  public void drain() {
    ShardOwner current = owner;
    if (current != null) {
      try {
        current.drain();
      } catch (FencedException e) {
        LOG.warn("{}: {}; nothing to drain", settings.key(), e.getMessage());
      }
      owner = null;
      ledger = current.committedLedger();
      conflicting += current.conflicting();
      sealedEarly += current.sealedEarly();
      keptOpenWindows = current.openWindows();
      LOG.info("{}: {} open windows kept for the next start", settings.key(), keptOpenWindows);
    }
    log.close();
    deadLetters.close();
  }

  @Override
  public void abandon() {
    ShardOwner current = owner;
    discard();
    if (current != null) {
      try {
        ports.checkpoints().release(current.lease());
      } catch (MdpException e) {
        LOG.debug("{}: the lease runs out by itself", settings.key(), e);
      }
    }
    log.close();
    deadLetters.close();
  }

  /// Whether this worker owns its shard now.
  public boolean owns() {
    return owner != null;
  }

  /// What of this run is committed.
  public LedgerCounts ledger() {
    ShardOwner current = owner;
    return current == null ? ledger : current.committedLedger();
  }

  /// How many events were let go early because the memory's cap was reached.
  public long sealedEarly() {
    ShardOwner current = owner;
    return sealedEarly + (current == null ? 0 : current.sealedEarly());
  }

  /// How many windows of replays met a fuller or different bar.
  public long conflicting() {
    ShardOwner current = owner;
    return conflicting + (current == null ? 0 : current.conflicting());
  }

  /// How many windows were not emitted when the worker drained; the next start builds them again
  /// from the log.
  public long keptOpenWindows() {
    return keptOpenWindows;
  }

  private int claim(boolean takeOver) {
    ClaimRequest request =
        new ClaimRequest(
            settings.key(),
            settings.owner(),
            settings.shards(),
            settings.windows().intervals(),
            settings.lease(),
            settings.runId(),
            takeOver);
    switch (ports.checkpoints().claim(request)) {
      case ClaimResult.Held held -> {
        standby.say(held);
        letGo();
        standby.pause();
      }
      case ClaimResult.Claimed claimed -> begin(claimed);
    }
    return 0;
  }

  private int standBy() {
    standby.pause();
    return 0;
  }

  /// Another process is to have the shard: what is due is committed and the lease released, so that
  /// it need not wait.
  private int giveBack(@Nullable ShardOwner current) {
    if (current != null) {
      current.drain();
      LOG.info("{}: given back to the group", settings.key());
      discard();
    }
    letGo();
    return 0;
  }

  /// Another process may own the shard already: nothing is written.
  private int lose(@Nullable ShardOwner current) {
    if (current != null) {
      LOG.warn("{}: lost to the group; what was not committed is its next owner's", settings.key());
      discard();
    }
    letGo();
    return 0;
  }

  private void letGo() {
    ports.shares().letGo(settings.key().shard());
  }

  private void begin(ClaimResult.Claimed claimed) {
    Failpoint.MICRO_BATCH_AFTER_CLAIM.pass();
    standby.over();
    Checkpoint checkpoint = claimed.checkpoint();
    Optional<String> lost = LogCheck.lost(settings.key(), checkpoint, log);
    if (lost.isPresent() && !settings.acceptDataLoss()) {
      // Who was overtaken since finds what its successor has trimmed: that is no loss.
      ports.checkpoints().release(ports.checkpoints().renew(claimed.lease()));
      throw new DataException(
          lost.get()
              + ". Nothing was written. Start with --accept-data-loss to go on without them; `mdp verify bars --repair`"
              + " then rebuilds what tick_data has");
    }
    ShardOwner next =
        new ShardOwner(
            settings,
            ports,
            log,
            deadLetters,
            late,
            claimed,
            new Housekeeping(settings, ports.checkpoints(), ports.clock(), deadLetters));
    LogBounds bounds = log.bounds();
    if (lost.isPresent()) {
      LOG.warn("{}; going on, as --accept-data-loss says", lost.get());
      next.acceptLoss(bounds.lastEver());
      lossAccepted = true;
    }
    if (claimed.fresh() && bounds.headTrimmed()) {
      LOG.info(
          "{}: new group, and the log's head is gone: begins at {} with the first whole windows",
          settings.key(),
          bounds.first().map(Position::toString).orElse("the next entry"));
      next.headIsMissing(bounds.lastEver());
    }
    owner = next;
    ports.shares().taken(settings.key().shard());
    LOG.atLevel(tryingAgain ? Level.DEBUG : Level.INFO)
        .log(
            "{}: owned, epoch {}, reading from {}",
            settings.key(),
            claimed.lease().epoch(),
            checkpoint.resumePosition());
    tryingAgain = false;
  }

  /// Which symbols' events were late, and how late; asked when it has ended.
  public List<LateSymbol> late() {
    return late.committed();
  }

  /// Whether entries were lost and the operator accepted it.
  public boolean lossAccepted() {
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
    ShardOwner current = owner;
    owner = null;
    deadLetters.discard();
    late.discard();
    if (current != null) {
      ledger = current.committedLedger();
      conflicting += current.conflicting();
      sealedEarly += current.sealedEarly();
    }
  }
}
