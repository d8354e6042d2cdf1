package dev.mdp.pipeline.ticks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.TickStore;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.LedgerMetrics;
import dev.mdp.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TickWorkerTest {
  private static final int MAX_READ = 5_000;

  private final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  private final InMemoryBus bus = new InMemoryBus(1, clock, this::failIfAsked);
  private final Table table = new Table();
  private final LedgerMetrics metrics = new LedgerMetrics();
  private final TickWorker worker = worker();
  private String failingAt = "";

  @Test
  void readsNoMoreThanOneTransactionWhileTheStoreIsAway() {
    append(3 * MAX_READ);
    table.error = Optional.of(new UnavailableException("postgres went away"));
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(worker::poll).isInstanceOf(UnavailableException.class);
      clock.advance(Duration.ofSeconds(5));
    }

    table.error = Optional.empty();
    worker.poll();

    assertThat(table.biggestWrite).isEqualTo(MAX_READ);
    assertThat(table.stored).hasSize(MAX_READ);
  }

  @Test
  void countsEveryTickOnceWhenTheAcknowledgementWasLost() {
    append(200);
    failingAt = "ack";
    assertThatThrownBy(worker::poll).isInstanceOf(UnavailableException.class);
    failingAt = "";

    clock.advance(Duration.ofSeconds(5));
    worker.poll();

    assertThat(worker.ledger().byProvider().get("p").read()).isEqualTo(200);
    assertThat(table.writes).isEqualTo(1);
  }

  @Test
  void writesWhatALockHeldBackAtTheNextTry() {
    append(200);
    table.error = Optional.of(new ConflictException("another session keeps the rows locked"));
    assertThatThrownBy(worker::poll).isInstanceOf(ConflictException.class);

    table.error = Optional.empty();
    worker.poll();

    assertThat(table.stored).hasSize(200);
    assertThat(worker.ledger().byProvider().get("p").read()).isEqualTo(200);
  }

  @Test
  void aCommitWhoseAnswerWasLostCountsAsWhatItWas() {
    append(200);
    append(1);
    bus.log(0).appendMalformed("malformed");
    table.answerLost = true;
    assertThatThrownBy(worker::poll).isInstanceOf(UnavailableException.class);

    clock.advance(Duration.ofSeconds(5));
    worker.poll();

    assertThat(table.writes).isEqualTo(1);
    assertThat(worker.ledger().byProvider().get("p").outcomes())
        .containsEntry(Outcome.AGGREGATED, 200L)
        .containsEntry(Outcome.DUPLICATE, 1L);
    assertThat(worker.ledger().read()).isEqualTo(202);
    assertThat(metrics.counted(Outcome.AGGREGATED)).isEqualTo(200);
  }

  @Test
  void aCommitThatNeverHappenedIsWrittenAgain() {
    append(200);
    table.failingCall = 1;
    assertThatThrownBy(worker::poll).isInstanceOf(UnavailableException.class);

    clock.advance(Duration.ofSeconds(5));
    worker.poll();

    assertThat(table.stored).hasSize(200);
    assertThat(worker.ledger().byProvider().get("p").outcomes())
        .containsEntry(Outcome.AGGREGATED, 200L)
        .containsEntry(Outcome.DUPLICATE, 0L);
  }

  @Test
  void whatWasStoredBeforeAnotherPartFailedIsNotWrittenAgain() {
    append(100);
    table.refusedSeq = Optional.of(90L);
    table.failingCall = 4; // 100 rows and then 50 of them are refused, the other 50 are stored
    assertThatThrownBy(worker::poll).isInstanceOf(UnavailableException.class);
    assertThat(table.stored).hasSize(50);

    clock.advance(Duration.ofSeconds(5));
    worker.poll();

    assertThat(worker.ledger().byProvider().get("p").outcomes())
        .containsEntry(Outcome.AGGREGATED, 99L)
        .containsEntry(Outcome.DUPLICATE, 0L)
        .containsEntry(Outcome.DEAD_LETTERED, 1L);
  }

  @Test
  void aRefusedRowIsOneDeadLetterWithItsBytesAndOneFailedRow() {
    append(100);
    table.refusedSeq = Optional.of(13L);

    worker.poll();

    assertThat(bus.deadLetters()).hasSize(1);
    assertThat(new String(bus.deadLetters().getFirst().data(), StandardCharsets.UTF_8))
        .contains("seq=13");
    assertThat(table.rowsFailed).isEqualTo(1);
    assertThat(metrics.counted(Outcome.DEAD_LETTERED)).isEqualTo(1);
    assertThat(metrics.counted(Outcome.AGGREGATED)).isEqualTo(99);
    assertThat(worker.ledger().addsUp()).isTrue();
  }

  private void append(int ticks) {
    long micros = Micros.of(clock.instant());
    for (int seq = 0; seq < ticks; seq++) {
      bus.log(0)
          .append(
              new Tick(
                  "p",
                  MarketEvent.LIVE,
                  Symbol.of("SPY"),
                  micros,
                  seq,
                  1,
                  1,
                  Tick.ABSENT,
                  Tick.ABSENT,
                  micros));
    }
  }

  private void failIfAsked(String point) {
    if (point.equals(failingAt)) {
      throw new UnavailableException("made by a test at " + point);
    }
  }

  private TickWorker worker() {
    return worker(new InMemoryStore(clock, Faults.NONE));
  }

  private TickWorker worker(InMemoryStore checkpoints) {
    return new TickWorker(
        new TickSettings(
            "mdp.events",
            "tick-consumer",
            "consumer-1",
            1,
            100,
            MAX_READ,
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            5_000_000,
            false,
            1),
        new TickPorts(
            bus,
            table,
            checkpoints.checkpoints(),
            _ -> new byte[0],
            metrics,
            clock,
            clock::advance));
  }

  private static final class Table implements TickStore {
    private final Set<Long> stored = new HashSet<>();
    private Optional<MdpException> error = Optional.empty();
    private Optional<Long> refusedSeq = Optional.empty();
    private long rowsFailed;
    private int biggestWrite;
    private int writes;
    private LedgerCounts ledger = LedgerCounts.NONE;

    /// The next COMMIT is done, but not answered.
    private boolean answerLost;

    /// The number of the call that fails; 0 for none.
    private int failingCall;

    private int calls;

    @Override
    public Optional<LedgerCounts> ledger(long runId) {
      return Optional.of(ledger);
    }

    @Override
    public Map<String, TickWrites> write(
        List<Tick> ticks, Function<Map<String, TickWrites>, List<RunProgress>> progress) {
      biggestWrite = Math.max(biggestWrite, ticks.size());
      if (error.isPresent()) {
        throw error.get();
      }
      calls++;
      if (ticks.stream().anyMatch(tick -> refusedSeq.equals(Optional.of(tick.seq())))) {
        throw new DataException("numeric field overflow");
      }
      List<Long> fresh =
          ticks.stream().map(Tick::seq).filter(seq -> !stored.contains(seq)).toList();
      Map<String, TickWrites> result =
          Map.of("p", new TickWrites(fresh.size(), ticks.size() - fresh.size(), 0));
      List<RunProgress> runs = progress.apply(result);
      if (calls == failingCall) {
        throw new UnavailableException("went away before COMMIT");
      }
      stored.addAll(fresh);
      for (RunProgress run : runs) {
        rowsFailed += run.rowsFailed();
        ledger = run.ledger();
      }
      writes++;
      if (answerLost) {
        answerLost = false;
        throw new UnavailableException("no answer to COMMIT");
      }
      return result;
    }
  }
}
