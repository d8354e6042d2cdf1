package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.error.AccessException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.core.store.Outcome;
import dev.mdp.core.store.TickStore;
import dev.mdp.pipeline.DeadLetterBuffer;
import dev.mdp.pipeline.LedgerMeter;
import dev.mdp.pipeline.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
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
  private final DeadLetterBuffer deadLetters;
  private final LedgerMeter meter;
  private final TickWriter writer;
  private final List<Delivery> held = new ArrayList<>();
  private final List<Delivery> committed = new ArrayList<>();
  private final TickLosses losses;
  private final TickBacklog backlog;
  private final TickMarks marks;
  private Instant heldSince;
  private Instant nextClaim;

  public TickWorker(TickSettings settings, TickPorts ports) {
    this.settings = settings;
    this.ports = ports;
    this.subscription =
        ports.bus().openCompeting(settings.topic(), settings.group(), settings.consumer());
    this.deadLetters = new DeadLetterBuffer(ports.bus(), settings.topic(), ports.encoder());
    this.meter = new LedgerMeter(LedgerCounts.NONE, this::count);
    this.writer = new TickWriter(ports.ticks(), settings.runId(), this::refused);
    Instant now = ports.clock().instant();
    this.heldSince = now;
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
      if (!held.isEmpty()) {
        subscription.idle();
        dropRevoked();
      }
      throw e;
    }
  }

  /// Before the first read and after an error. Returns whether reading may continue.
  private boolean settle() {
    writer.adopt(ports.ticks().ledger(settings.runId()));
    keepForAck(writer.takeStored());
    meter.committed(writer.committed());
    forget(marks.settle());
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
    acknowledge();
    if (held.size() >= settings.batchSize()) {
      int waiting = held.size();
      flush();
      return waiting;
    }
    List<Delivery> deliveries = subscription.poll(settings.maxRead(), waitTime());
    dropRevoked();
    int read = take(deliveries);
    if (read > 0) {
      Failpoint.TICKS_AFTER_READ.pass();
    }
    Instant now = ports.clock().instant();
    if (!now.isBefore(nextClaim)) {
      nextClaim = now.plus(settings.claimIdle().dividedBy(2));
      read += take(subscription.claimIdle(settings.claimIdle(), settings.maxRead()));
    }
    if (held.size() >= settings.batchSize()
        || (!held.isEmpty() && !now.isBefore(heldSince.plus(settings.flushTimeout())))) {
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
      committed.clear(); // the database may have lost it since: its next reader writes it again
    }
    acknowledge();
    if (!held.isEmpty()) {
      flush();
    }
    if (marks.isSettled()) {
      marks.raiseNow();
    }
    subscription.close();
    deadLetters.close();
  }

  @Override
  public void abandon() {
    try {
      subscription.close();
      deadLetters.close();
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
    forget(subscription.takeRevoked());
  }

  private void forget(Set<Integer> shards) {
    if (!shards.isEmpty()) {
      held.removeIf(delivery -> shards.contains(delivery.shard()));
      committed.removeIf(delivery -> shards.contains(delivery.shard()));
    }
  }

  private int take(List<Delivery> deliveries) {
    if (!deliveries.isEmpty() && held.isEmpty()) {
      heldSince = ports.clock().instant();
    }
    held.addAll(deliveries);
    return deliveries.size();
  }

  /// Writes what is held and acknowledges it. What was delivered before goes first and by itself,
  /// because it counts differently.
  private void flush() {
    flush(held.stream().filter(Delivery::redelivered).toList(), true);
    flush(held.stream().filter(delivery -> !delivery.redelivered()).toList(), false);
  }

  /// After an error nothing of these is acknowledged, and all of them are written again.
  private void flush(List<Delivery> deliveries, boolean again) {
    if (deliveries.isEmpty()) {
      return;
    }
    writer.rollBack();
    deadLetters.discard();
    TickBatch batch = new TickBatch();
    deliveries.forEach(delivery -> judge(delivery, batch));
    batch
        .decided()
        .forEach((outcome, providers) ->
            providers.forEach(
                (provider, entries) -> writer.ledger().count(provider, outcome, entries)));
    deadLetters.publish();
    Map<String, TickStore.TickWrites> writes = write(batch, deliveries, again);
    Failpoint.TICKS_AFTER_COMMIT.pass();
    meter.committed(writer.committed());
    acknowledge();
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
    Set<Delivery> decided = identities(deliveries);
    distinct.forEach(decided::remove);
    try {
      return writer.write(distinct, List.copyOf(decided), again);
    } finally {
      keepForAck(writer.takeStored());
    }
  }

  private void keepForAck(List<Delivery> stored) {
    if (!stored.isEmpty()) {
      committed.addAll(stored);
      Set<Delivery> gone = identities(stored);
      held.removeIf(gone::contains);
    }
  }

  private static Set<Delivery> identities(List<Delivery> deliveries) {
    Set<Delivery> all = Collections.newSetFromMap(new IdentityHashMap<>(2 * deliveries.size()));
    all.addAll(deliveries);
    return all;
  }

  /// What is committed is never written again, also when the acknowledgement has to be repeated.
  private void acknowledge() {
    if (!committed.isEmpty()) {
      subscription.ack(committed);
      committed.clear();
    }
  }

  private void judge(Delivery delivery, TickBatch batch) {
    switch (delivery) {
      case Delivery.Malformed malformed -> {
        deadLetters.add(
            dead(malformed, malformed.provider(), malformed.reason(), malformed.detail())
                .withData(malformed.data()));
        writer.failed(1);
        writer.ledger().count(malformed.provider(), Outcome.DEAD_LETTERED);
      }
      case Delivery.Decoded decoded -> {
        if (!(decoded.event() instanceof Tick tick)) {
          writer.ledger().count(decoded.event().provider(), Outcome.FILTERED);
        } else if (tick.srcMicros() - decoded.appendMicros() > settings.maxFutureMicros()) {
          deadLetters.add(
              dead(
                  decoded,
                  tick.provider(),
                  DeadLetter.FUTURE,
                  "src_ts " + Micros.format(tick.srcMicros()) + " is ahead of the log's clock"),
              tick);
          writer.failed(1);
          writer.ledger().count(tick.provider(), Outcome.DEAD_LETTERED);
        } else {
          batch.add(decoded, tick);
        }
      }
    }
  }

  private void refused(Delivery.Decoded delivery, DataException error) {
    deadLetters.add(
        dead(
            delivery,
            delivery.event().provider(),
            DeadLetter.REFUSED_BY_STORE,
            String.valueOf(error.getMessage())),
        delivery.event());
    deadLetters.publish();
  }

  /// A letter without its bytes.
  private DeadLetter dead(Delivery delivery, String provider, String reason, String detail) {
    return new DeadLetter(
        settings.group(),
        settings.topic(),
        delivery.shard(),
        delivery.position(),
        provider,
        reason,
        detail,
        List.of(),
        new byte[0],
        Micros.of(ports.clock().instant()));
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

  private Duration waitTime() {
    if (held.isEmpty()) {
      return WAIT;
    }
    Duration left =
        Duration.between(ports.clock().instant(), heldSince.plus(settings.flushTimeout()));
    return left.isNegative() ? Duration.ZERO : left.compareTo(WAIT) < 0 ? left : WAIT;
  }
}
