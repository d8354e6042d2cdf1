package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.error.AccessException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.store.TickStore;
import dev.mdp.pipeline.LedgerMeter;
import dev.mdp.pipeline.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Stores every tick as it is: read, write, commit, then acknowledge. Any number of these compete
/// in one group; what a dead one held is claimed after an idle time. One thread.
public final class TickWorker implements Worker {
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final Duration SETTLE_EVERY = Duration.ofMillis(200);

  private final TickSettings settings;
  private final TickPorts ports;
  private final CompetingSubscription subscription;
  private final TickClassifier classifier;
  private final LedgerMeter meter;
  private final TickWriter writer;
  private final UnacknowledgedEntries held;
  private final TickLosses losses;
  private final TickBacklog backlog;
  private final TickMarks marks;
  private Instant nextClaim;

  public TickWorker(TickSettings settings, TickPorts ports) {
    this.settings = settings;
    this.ports = ports;
    this.subscription =
        ports.bus().openCompeting(settings.topic(), settings.group(), settings.consumer());
    this.classifier = new TickClassifier(settings, ports);
    this.meter = new LedgerMeter(LedgerCounts.NONE, this::count);
    this.writer = new TickWriter(ports.ticks(), settings.runId(), classifier::refused);
    Instant now = ports.clock().instant();
    this.held = new UnacknowledgedEntries(settings.flushTimeout(), now);
    this.nextClaim = now;
    this.losses = new TickLosses(settings, ports.metrics());
    this.backlog = new TickBacklog(settings, ports, subscription);
    this.marks = new TickMarks(settings, ports, subscription);
  }

  @Override
  public String name() {
    return "ticks";
  }

  @Override
  public int poll() {
    try {
      return marks.isSettled() || settle() ? readAndWrite() : 0;
    } catch (UnavailableException | AccessException e) {
      marks.doubt();
      if (held.unwritten() > 0) {
        subscription.idle();
        dropRevoked();
      }
      throw e;
    }
  }

  /// Before the first read and after an error. Returns whether reading may continue.
  private boolean settle() {
    writer.adopt(ports.ticks().ledger(settings.runId()));
    held.committed(writer.takeStored());
    meter.committed(writer.committed());
    held.forget(marks.settle());
    dropRevoked();
    if (marks.isSettled()) {
      return true;
    }
    try {
      ports.pause().pause(SETTLE_EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private int readAndWrite() {
    held.acknowledge(subscription);
    int waiting = held.unwritten();
    if (waiting >= settings.batchSize()) {
      flush();
      return waiting;
    }
    List<Delivery> deliveries =
        subscription.poll(settings.maxRead(), held.waitTime(ports.clock().instant(), WAIT));
    dropRevoked();
    int read = held.take(deliveries, ports.clock().instant());
    if (read > 0) {
      Failpoint.TICKS_AFTER_READ.pass();
    }
    Instant now = ports.clock().instant();
    if (!now.isBefore(nextClaim)) {
      nextClaim = now.plus(settings.claimIdle().dividedBy(2));
      List<Delivery> claimed = subscription.claimIdle(settings.claimIdle(), settings.maxRead());
      read += held.take(claimed, ports.clock().instant());
    }
    if (held.unwritten() >= settings.batchSize() || held.isDue(now)) {
      flush();
    }
    losses.tell(subscription.takeLost());
    marks.raise();
    return read;
  }

  @Override
  public boolean finished() {
    return false;
  }

  /// Entries that some member of the group still has to acknowledge are not idleness: they may
  /// become this one's.
  @Override
  public boolean isWaiting() {
    return !marks.isSettled() || backlog.isBehind();
  }

  @Override
  public void drain() {
    if (!marks.isSettled()) {
      held.forgetCommitted(); // the database may have lost it: its next reader writes it again
    }
    held.acknowledge(subscription);
    if (held.unwritten() > 0) {
      flush();
    }
    if (marks.isSettled()) {
      marks.raiseNow();
    }
    subscription.close();
    classifier.deadLetters().close();
  }

  @Override
  public void abandon() {
    try {
      subscription.close();
      classifier.deadLetters().close();
    } catch (MdpException e) {
      // the connection is gone already
    }
  }

  public LedgerCounts ledger() {
    return writer.committed();
  }

  /// How many entries were gone from the log before they could be stored.
  public long entriesLost() {
    return losses.entriesLost();
  }

  /// Whether a log that had lost entries was accepted.
  public boolean lossAccepted() {
    return marks.lossAccepted();
  }

  /// How often a shard was read again because the database had less of it than the group.
  public long movedBack() {
    return marks.movedBack();
  }

  /// What is held of a shard that was taken away is its next member's to write.
  private void dropRevoked() {
    held.forget(subscription.takeRevoked());
  }

  /// Writes what is held and acknowledges it. What was delivered before goes first and by itself,
  /// because it counts differently.
  private void flush() {
    flush(held.unwritten(true), true);
    flush(held.unwritten(false), false);
  }

  /// After an error nothing of these is acknowledged, and all of them are written again.
  private void flush(List<Delivery> deliveries, boolean again) {
    if (deliveries.isEmpty()) {
      return;
    }
    writer.rollBack();
    classifier.deadLetters().discard();
    TickBatch batch = new TickBatch();
    deliveries.forEach(delivery -> classifier.classify(delivery, batch, writer));
    batch
        .decided()
        .forEach((outcome, providers) ->
            providers.forEach(
                (provider, entries) -> writer.ledger().count(provider, outcome, entries)));
    classifier.deadLetters().publish();
    Map<String, TickStore.TickWrites> writes = write(batch, deliveries, again);
    Failpoint.TICKS_AFTER_COMMIT.pass();
    meter.committed(writer.committed());
    held.acknowledge(subscription);
    batch.conflicts().forEach(provider -> ports.conflicts().report(settings.group(), provider));
    writes.forEach((provider, each) -> {
      if (each.conflicts() > 0) {
        ports.conflicts().report(settings.group(), provider);
      }
    });
    countLag(deliveries.getLast());
  }

  /// When a part of the batch cannot be stored now, the other parts are stored and counted all the
  /// same, and must not be written again.
  private Map<String, TickStore.TickWrites> write(
      TickBatch batch, List<Delivery> deliveries, boolean again) {
    List<Delivery.Decoded> distinct = batch.distinct();
    Set<Delivery> decided = UnacknowledgedEntries.identities(deliveries);
    distinct.forEach(decided::remove);
    try {
      return writer.write(distinct, List.copyOf(decided), again);
    } finally {
      held.committed(writer.takeStored());
    }
  }

  /// Entries came to this end, and that is committed.
  private void count(String provider, Outcome outcome, long entries) {
    ports.metrics().ledger(settings.group(), provider, outcome, entries);
    if (outcome == Outcome.AGGREGATED) {
      ports.metrics().ticksForwarded(provider, entries);
    } else if (outcome == Outcome.DEAD_LETTERED) {
      ports.metrics().tickForwardFailed(provider, entries);
    }
  }

  private void countLag(Delivery last) {
    if (last instanceof Delivery.Decoded decoded
        && decoded.event().lane().equals(MarketEvent.LIVE)) {
      long lag = Micros.of(ports.clock().instant()) - last.appendMicros();
      ports
          .metrics()
          .consumerLag(
              settings.topic(),
              settings.group(),
              settings.consumer(),
              Duration.of(Math.max(0, lag), ChronoUnit.MICROS));
    }
  }
}
