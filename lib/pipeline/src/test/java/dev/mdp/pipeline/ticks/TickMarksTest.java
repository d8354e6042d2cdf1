package dev.mdp.pipeline.ticks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.InMemoryTicks;
import dev.mdp.testkit.LedgerMetrics;
import dev.mdp.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The database and the log behind a tick group are not always the ones that it knew.
class TickMarksTest {
  private static final CheckpointKey KEY = new CheckpointKey("tick-consumer", "mdp.events", 0);

  private final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  private final InMemoryStore store = new InMemoryStore(clock, this::failIfAsked);
  private final InMemoryTicks ticks = new InMemoryTicks(this::failIfAsked);
  private InMemoryBus bus = new InMemoryBus(1, clock, this::failIfAsked);
  private String failingAt = "";
  private String frozenAt = "";
  private Runnable meanwhile = () -> {};
  private long seq;
  private long run;

  @Test
  void readsAgainWhatADatabaseThatWentBackHasLost() {
    TickWorker worker = worker(false);
    append(100);
    pollFor(worker, 4);
    InMemoryStore.Snapshot rows = store.snapshot();
    InMemoryTicks.Snapshot table = ticks.snapshot();
    append(100);
    pollFor(worker, 4);

    store.restore(rows);
    ticks.restore(table);
    pollFor(worker, 8);

    assertThat(ticks.rows()).hasSize(200);
    assertThat(outsideRecovered()).isEqualTo(200);
    assertThat(worker.movedBack()).isEqualTo(1);
    assertThat(store.checkpoint(KEY).position()).isEqualTo(lastPosition());
  }

  @Test
  void aWorkerThatStartsAfterTheDatabaseWentBackReadsAgainToo() {
    TickWorker before = worker(false);
    append(100);
    pollFor(before, 4);
    InMemoryStore.Snapshot rows = store.snapshot();
    InMemoryTicks.Snapshot table = ticks.snapshot();
    append(100);
    pollFor(before, 4);

    store.restore(rows);
    ticks.restore(table);
    pollFor(worker(false), 8);

    assertThat(ticks.rows()).hasSize(200);
    assertThat(outsideRecovered()).isEqualTo(200);
  }

  @Test
  void severalMembersMoveTheGroupBackWithoutEnd() {
    TickWorker first = worker(false);
    TickWorker second = worker(false);
    append(300);
    pollFor(first, 3);
    pollFor(second, 3);
    InMemoryStore.Snapshot rows = store.snapshot();
    InMemoryTicks.Snapshot table = ticks.snapshot();
    for (int i = 0; i < 10; i++) {
      append(30);
      pollFor(i % 2 == 0 ? first : second, 1);
    }

    store.restore(rows);
    ticks.restore(table);
    for (int i = 0; i < 20; i++) {
      pollFor(first, 1);
      pollFor(second, 1);
    }

    assertThat(ticks.rows()).hasSize(600);
    assertThat(outsideRecovered()).isEqualTo(600);
    assertThat(first.movedBack() + second.movedBack()).isBetween(1L, 2L);
    assertThat(store.checkpoint(KEY).position()).isEqualTo(lastPosition());
  }

  /// The first is frozen between its commit and its acknowledgement, the second dies with what it
  /// was given again.
  @Test
  void commitsBeforeTheDatabaseWentBackAreNotAcknowledgedAfter() {
    TickWorker first = worker(false);
    append(100);
    pollFor(first, 4);
    InMemoryStore.Snapshot rows = store.snapshot();
    InMemoryTicks.Snapshot table = ticks.snapshot();
    append(30);
    freezeAt(
        "ack",
        () -> {
          store.restore(rows);
          ticks.restore(table);
          worker(false).poll();
        });
    pollFor(first, 1);

    pollFor(worker(false), 70);

    assertThat(ticks.rows()).hasSize(130);
    assertThat(store.checkpoint(KEY).position()).isEqualTo(lastPosition());
  }

  @Test
  void aShardThatWasNotLookedAtSinceTheRestoreKeepsItsMark() {
    append(100);
    TickWorker worker = worker(false);
    pollFor(worker, 4);
    InMemoryStore.Snapshot rows = store.snapshot();
    InMemoryTicks.Snapshot table = ticks.snapshot();
    append(100);
    pollFor(worker, 4);
    freezeAt(
        "marks",
        () -> {
          store.restore(rows);
          ticks.restore(table);
        });

    pollFor(worker(false), 8);

    assertThat(ticks.rows()).hasSize(200);
  }

  @Test
  void aMarkThatIsOnlyLateIsWaitedForAndNothingIsReadTwice() {
    TickWorker worker = worker(false);
    append(100);
    pollFor(worker, 1);
    append(100);
    worker.poll();

    TickWorker other = worker(false);
    other.poll();
    pollFor(worker, 3);
    pollFor(other, 3);

    assertThat(other.movedBack()).isZero();
    assertThat(counted(Outcome.RECOVERED)).isZero();
    assertThat(outsideRecovered()).isEqualTo(200);
  }

  @Test
  void aMarkThatNobodyRaisesAnyMoreIsWhereReadingBeginsAgain() {
    TickWorker killed = worker(false);
    append(100);
    pollFor(killed, 2);
    failingAt = "low-water";
    for (int second = 0; second < 10; second++) {
      append(10);
      clock.advance(Duration.ofSeconds(1));
      assertThatThrownBy(() -> pollFor(killed, 4)).isInstanceOf(UnavailableException.class);
    }
    failingAt = "";

    pollFor(worker(false), 10);

    assertThat(counted(Outcome.RECOVERED)).isPositive();
    assertThat(outsideRecovered()).isEqualTo(200);
  }

  @Test
  void whatWasAcknowledgedSinceTheMarkWasRaisedIsBelieved() {
    TickWorker killed = worker(false);
    append(100);
    pollFor(killed, 2);
    append(100);
    killed.poll();
    killed.poll();

    pollFor(worker(false), 3);

    assertThat(counted(Outcome.RECOVERED)).isZero();
    assertThat(outsideRecovered()).isEqualTo(200);
    assertThat(store.checkpoint(KEY).position()).isEqualTo(lastPosition());
  }

  @Test
  void aGroupThatWasDestroyedGoesOnWhereTheDatabaseHasIt() {
    append(100);
    pollFor(worker(false), 4);

    bus.forgetGroups();
    append(10);
    pollFor(worker(false), 4);

    assertThat(ticks.rows()).hasSize(110);
    assertThat(counted(Outcome.RECOVERED)).isZero();
    assertThat(outsideRecovered()).isEqualTo(110);
  }

  @Test
  void anotherLogIsRefusedBeforeAnythingOfItIsStored() {
    append(100);
    pollFor(worker(false), 4);
    Position mark = store.checkpoint(KEY).position();

    bus = new InMemoryBus(1, clock, this::failIfAsked);
    clock.advance(Duration.ofSeconds(5));
    append(40);

    assertThatThrownBy(() -> pollFor(worker(false), 4))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the entries from " + mark + " on are needed, but the log begins at")
        .hasMessageContaining("--accept-data-loss");
    assertThat(ticks.rows()).hasSize(100);
    assertThat(store.checkpoint(KEY).position()).isEqualTo(mark);
  }

  @Test
  void anEmptyLogWhereTheDatabaseHasAMarkIsRefused() {
    append(100);
    pollFor(worker(false), 4);

    bus = new InMemoryBus(1, clock, this::failIfAsked);

    assertThatThrownBy(() -> pollFor(worker(false), 4))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the log is empty now");
  }

  @Test
  void anotherEntryAtTheSamePositionIsAnotherLog() {
    append(100);
    pollFor(worker(false), 4);
    Position mark = store.checkpoint(KEY).position();

    bus = new InMemoryBus(1, ManualClock.at("2026-01-05T14:30:00Z"), this::failIfAsked);
    append(150);

    assertThatThrownBy(() -> pollFor(worker(false), 4))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("another entry is at " + mark);
  }

  @Test
  void aLogWhoseTailWasCutIsRefusedAndGoneOnWithWhenAPersonSaysSo() {
    append(100);
    TickWorker worker = worker(false);
    pollFor(worker, 4);
    Position mark = store.checkpoint(KEY).position();
    bus.log(0).loseTail(10);

    assertThatThrownBy(() -> pollFor(worker(false), 4))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the last consumed entry " + mark + " is not there");
    clock.advance(Duration.ofSeconds(1));
    append(20);
    TickWorker accepting = worker(true);
    pollFor(accepting, 8);

    assertThat(accepting.lossAccepted()).isTrue();
    assertThat(ticks.rows()).hasSize(120);
    assertThat(store.checkpoint(KEY).position()).isEqualTo(lastPosition());
    TickWorker next = worker(false);
    pollFor(next, 3);
    assertThat(next.lossAccepted()).isFalse();
  }

  @Test
  void anAcceptedOtherLogIsReadFromItsFirstEntry() {
    append(100);
    pollFor(worker(false), 4);

    bus = new InMemoryBus(1, clock, this::failIfAsked);
    clock.advance(Duration.ofSeconds(5));
    append(40);
    pollFor(worker(true), 8);

    assertThat(ticks.rows()).hasSize(140);
  }

  @Test
  void aLogThatIsExchangedUnderARunningWorkerLeavesTheMarkAndEndsIt() {
    TickWorker worker = worker(false);
    append(100);
    pollFor(worker, 4);
    Position mark = store.checkpoint(KEY).position();

    bus.log(0).lose(99);
    append(50);

    assertThatThrownBy(() -> pollFor(worker, 6)).isInstanceOf(DataException.class);
    assertThat(store.checkpoint(KEY).position()).isEqualTo(mark);
  }

  @Test
  void aGroupThatIsResetBeginsAgainAtTheLogsFirstEntry() {
    append(100);
    pollFor(worker(false), 4);
    ticks.rows().clear();

    assertThat(store.admin().reset(KEY)).isTrue();
    pollFor(worker(false), 8);

    assertThat(ticks.rows()).hasSize(100);
  }

  @Test
  void aFreshDatabaseTakesAnyLogFromItsFirstEntry() {
    append(100);
    pollFor(worker(false), 4);

    InMemoryStore.Snapshot nothing = new InMemoryStore(clock, Faults.NONE).snapshot();
    store.restore(nothing);
    ticks.rows().clear();
    ticks.ledgers().clear();
    pollFor(worker(false), 8);

    assertThat(ticks.rows()).hasSize(100);
    assertThat(store.checkpoint(KEY).position()).isEqualTo(lastPosition());
  }

  private Position lastPosition() {
    return bus.log(0).history().getLast().position();
  }

  private long counted(Outcome outcome) {
    return ticks.ledgers().values().stream()
        .flatMap(ledger -> ledger.byProvider().values().stream())
        .mapToLong(entry -> entry.outcomes().getOrDefault(outcome, 0L))
        .sum();
  }

  private long outsideRecovered() {
    long read = ticks.ledgers().values().stream().mapToLong(LedgerCounts::read).sum();
    return read - counted(Outcome.RECOVERED);
  }

  private void pollFor(TickWorker worker, int seconds) {
    for (int i = 0; i < 10 * seconds; i++) {
      worker.poll();
      clock.advance(Duration.ofMillis(100));
    }
  }

  private void append(int entries) {
    long micros = Micros.of(clock.instant());
    for (int i = 0; i < entries; i++) {
      bus.log(0)
          .append(
              new Tick(
                  "p",
                  MarketEvent.LIVE,
                  Symbol.of("SPY"),
                  micros,
                  seq++,
                  1,
                  1,
                  Tick.ABSENT,
                  Tick.ABSENT,
                  micros));
    }
  }

  /// The next caller that comes to this point stands still there while something happens.
  private void freezeAt(String point, Runnable meanwhile) {
    frozenAt = point;
    this.meanwhile = meanwhile;
  }

  private void failIfAsked(String point) {
    if (point.equals(frozenAt)) {
      frozenAt = "";
      meanwhile.run();
    }
    if (point.equals(failingAt)) {
      throw new UnavailableException("made by a test at " + point);
    }
  }

  private TickWorker worker(boolean acceptDataLoss) {
    run++;
    return new TickWorker(
        new TickSettings(
            "mdp.events",
            "tick-consumer",
            "consumer-" + run,
            1,
            50,
            50,
            Duration.ofMillis(100),
            Duration.ofSeconds(60),
            5_000_000,
            acceptDataLoss,
            run),
        new TickPorts(
            bus,
            ticks,
            store.checkpoints(),
            _ -> new byte[0],
            new LedgerMetrics(),
            clock,
            clock::advance));
  }
}
