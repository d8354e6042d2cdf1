package dev.mdp.pipeline.microbatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.testkit.LowWater;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MicroBatchWorkerTest extends WorkerOnOneLog {
  @Test
  void emitsAWindowWhenTheWatermarkPassesIt() {
    MicroBatchWorker worker = worker("a", 1);
    poll(worker, 2);
    append(tick("SPY", start, 10));
    append(tick("SPY", start + 2_500_000, 11));

    poll(worker, 1);

    assertThat(store.bars()).extracting(Bar::close).containsExactly(10.0);
    assertThat(store.checkpoint(KEY).ledger().byProvider().get("p").outcomes())
        .containsEntry(Outcome.AGGREGATED, 1L)
        .containsEntry(Outcome.OPEN, 1L);
  }

  @Test
  void theLastBarDoesNotWaitForANextTick() {
    MicroBatchWorker worker = worker("a", 1);
    append(tick("SPY", start, 10));
    poll(worker, 2);

    clock.advance(Duration.ofSeconds(3));
    poll(worker, 1);

    assertThat(store.bars()).hasSize(1);
  }

  @Test
  void drainedWorkerWritesNothingPartialAndTheNextCompletesIt() {
    MicroBatchWorker first = worker("a", 1);
    append(tick("SPY", start, 10));
    poll(first, 2);
    first.drain();
    int written = store.bars().size();

    append(tick("SPY", start + 1, 12));
    append(new LaneEnd("p", MarketEvent.LIVE));
    MicroBatchWorker second = worker("b", 2);
    poll(second, 3);

    assertThat(written).isZero();
    Bar bar = store.bars().iterator().next();
    assertThat(bar.open()).isEqualTo(10);
    assertThat(bar.tradeCount()).isEqualTo(2);
    assertThat(store.ledgers().get(2L).byProvider().get("p").outcomes())
        .containsEntry(Outcome.RECOVERED, 1L);
  }

  @Test
  void whatACommitNeedsOfTheLogWasKeptWhenItWasRead() {
    MicroBatchWorker worker = worker("a", 1);
    poll(worker, 1);
    long before = bus.soughtAnchors();
    for (int second = 0; second < 40; second++) {
      append(tick("SPY", start + second * 1_000_000L, 10));
      append(tick("QQQ", start + second * 1_000_000L + 5, 20));
      clock.advance(Duration.ofSeconds(1));
      poll(worker, 1);
    }

    assertThat(store.checkpoint(KEY).resumePosition()).isGreaterThan(Position.START);
    assertThat(store.checkpoint(KEY).anchor()).isPresent();
    assertThat(bus.soughtAnchors()).isEqualTo(before);
  }

  @Test
  void standsByWhileAnotherOwnerLivesAndTakesOverAfterItsLease() {
    MicroBatchWorker first = worker("a", 1);
    MicroBatchWorker second = worker("b", 2);
    poll(first, 1);
    poll(second, 1);
    boolean early = second.owns();

    clock.advance(LEASE.plusMillis(1));
    poll(second, 1);
    append(tick("SPY", start, 10));
    poll(first, 1);

    assertThat(early).isFalse();
    assertThat(second.owns()).isTrue();
    assertThat(first.owns()).isFalse();
  }

  @Test
  void writesTheCodecsPoisonOnlyWhenNoTickGroupDoes() {
    MicroBatchWorker worker = worker("a", 1);
    bus.log(0).appendMalformed(DeadLetter.BAD_PRICE);
    poll(worker, 2);
    clock.advance(Duration.ofSeconds(16));
    poll(worker, 1);
    List<DeadLetter> alone = List.copyOf(bus.deadLetters());

    worker.drain();
    LowWater.raise(store.marks(), "tick-consumer", "mdp.events", 1, Map.of(0, new Position(1, 0)));
    MicroBatchWorker beside = worker("b", 2);
    bus.log(0).appendMalformed(DeadLetter.BAD_PRICE);
    poll(beside, 2);
    clock.advance(Duration.ofSeconds(2));
    poll(beside, 1);

    assertThat(alone).extracting(DeadLetter::reason).containsExactly(DeadLetter.BAD_PRICE);
    assertThat(bus.deadLetters()).hasSize(1);
    assertThat(store.checkpoint(KEY).ledger().byProvider().get("unknown").outcomes())
        .containsEntry(Outcome.DEAD_LETTERED, 1L);
  }

  @Test
  void leavesPoisonToATickGroupThatRegisteredMeanwhile() {
    MicroBatchWorker worker = worker("a", 1);
    bus.log(0).appendMalformed(DeadLetter.BAD_PRICE);
    poll(worker, 1);
    LowWater.raise(store.marks(), "tick-consumer", "mdp.events", 1, Map.of(0, Position.START));
    clock.advance(Duration.ofSeconds(2));
    poll(worker, 2);

    assertThat(bus.deadLetters()).isEmpty();
    assertThat(store.checkpoint(KEY).ledger().byProvider().get("unknown").outcomes())
        .containsEntry(Outcome.DEAD_LETTERED, 1L);
  }

  @Test
  void onAFirstStartPoisonWaitsForATickGroupThatStartsSoonAfter() {
    MicroBatchWorker worker = worker("a", 1);
    append(tick("SPY", start, 10));
    bus.log(0).appendMalformed(DeadLetter.BAD_PRICE);
    poll(worker, 1);
    for (int seconds = 0; seconds < 12; seconds += 2) {
      clock.advance(Duration.ofSeconds(2));
      poll(worker, 1);
    }
    Position before = store.checkpoint(KEY).position();
    LowWater.raise(store.marks(), "tick-consumer", "mdp.events", 1, Map.of(0, Position.START));
    poll(worker, 2);

    assertThat(before).isEqualTo(Position.START);
    assertThat(store.checkpoint(KEY).position()).isGreaterThan(Position.START);
    assertThat(bus.deadLetters()).isEmpty();
  }

  @Test
  void aFirstOwnerThatEndsWritesThePoisonThatItHolds() {
    MicroBatchWorker worker = worker("a", 1);
    bus.log(0).appendMalformed(DeadLetter.BAD_PRICE);
    poll(worker, 2);

    worker.drain();

    assertThat(bus.deadLetters())
        .extracting(DeadLetter::reason)
        .containsExactly(DeadLetter.BAD_PRICE);
    assertThat(store.checkpoint(KEY).position()).isGreaterThan(Position.START);
  }

  @Test
  void aForeignBarOfItsOwnIntervalIsADeadLetterAndAnyOtherIsStored() {
    MicroBatchWorker worker = worker("a", 1);
    append(bar("2s", 100));
    append(bar("1h", 200));
    poll(worker, 2);
    clock.advance(Duration.ofSeconds(2));
    poll(worker, 1);

    assertThat(bus.deadLetters())
        .extracting(DeadLetter::reason)
        .containsExactly(DeadLetter.INTERVAL_CONFLICT);
    assertThat(store.bars()).extracting(Bar::close).containsExactly(200.0);
  }

  @Test
  void anEventFarAheadOfTheLogsClockDoesNotPoisonTheWatermark() {
    MicroBatchWorker worker = worker("a", 1);
    append(tick("SPY", start + 3_600_000_000L, 99));
    append(tick("SPY", start, 10));
    append(new LaneEnd("p", MarketEvent.LIVE));
    poll(worker, 2);

    assertThat(store.bars()).extracting(Bar::close).containsExactly(10.0);
    assertThat(bus.deadLetters()).extracting(DeadLetter::reason).containsExactly(DeadLetter.FUTURE);
  }
}
