package dev.mdp.pipeline.microbatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.metrics.NoMetrics;
import dev.mdp.core.store.CheckpointKey;
import dev.mdp.core.store.Outcome;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MicroBatchWorkerTest {
  private static final CheckpointKey KEY = new CheckpointKey("micro-batcher", "mdp.events", 0);
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final ManualClock clock = ManualClock.at("2026-01-05T14:30:00Z");
  private final InMemoryBus bus = new InMemoryBus(1, clock, Faults.NONE);
  private final InMemoryStore store = new InMemoryStore(clock, Faults.NONE);
  private final long start = Micros.of(clock.instant());

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
  void aDrainedWorkerWritesNothingPartialAndTheNextOneCompletesTheWindow() {
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
    bus.appendMalformed(0, DeadLetter.BAD_PRICE);
    poll(worker, 2);
    clock.advance(Duration.ofSeconds(2));
    poll(worker, 1);
    List<DeadLetter> alone = List.copyOf(bus.deadLetters());

    worker.drain();
    store.raiseLowWater("tick-consumer", "mdp.events", 1, Map.of(0, new Position(1, 0)));
    MicroBatchWorker beside = worker("b", 2);
    bus.appendMalformed(0, DeadLetter.BAD_PRICE);
    poll(beside, 2);
    clock.advance(Duration.ofSeconds(2));
    poll(beside, 1);

    assertThat(alone).extracting(DeadLetter::reason).containsExactly(DeadLetter.BAD_PRICE);
    assertThat(bus.deadLetters()).hasSize(1);
    assertThat(store.checkpoint(KEY).ledger().byProvider().get("unknown").outcomes())
        .containsEntry(Outcome.DEAD_LETTERED, 1L);
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

  @Test
  void stopsWhenTheLogLostWhatTheCheckpointNeedsAndSaysWhat() {
    MicroBatchWorker first = worker("a", 1);
    append(tick("SPY", start, 10));
    append(tick("SPY", start + 1, 11));
    poll(first, 2);
    first.drain();
    bus.loseHead(0, 1);

    assertThatThrownBy(() -> poll(worker("b", 2), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the log begins at")
        .hasMessageContaining("--accept-data-loss");
  }

  @Test
  void goesOnAfterALossWhenTheOperatorAcceptsIt() {
    MicroBatchWorker first = worker("a", 1);
    append(tick("SPY", start, 10));
    append(tick("SPY", start + 1, 11));
    poll(first, 2);
    first.drain();
    bus.loseHead(0, 1);

    MicroBatchWorker second = worker("b", 2, 1_000, true);
    clock.advance(Duration.ofSeconds(10));
    append(tick("SPY", start + 10_000_000, 12));
    append(tick("SPY", start + 12_000_000, 13));
    append(new LaneEnd("p", MarketEvent.LIVE));
    poll(second, 3);

    assertThat(store.bars()).extracting(Bar::close).containsExactly(13.0);
    assertThat(second.lossAccepted()).isTrue();
  }

  @Test
  void atTheCapItCommitsGivesTheShardBackAndNamesTheCap() {
    MicroBatchWorker worker = worker("a", 1, 2, false);
    append(tick("SPY", start, 10));
    append(tick("SPY", start + 1, 10));
    append(tick("SPY", start + 2, 10));

    assertThatThrownBy(() -> poll(worker, 2))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("micro_batch.max_retained_events: 2");
    assertThat(store.list("").getFirst().leased()).isFalse();
    assertThat(store.checkpoint(KEY).position()).isNotEqualTo(Position.START);
  }

  @Test
  void trimsWhatEveryGroupHasConsumedAndKeepsTheAnchor() {
    MicroBatchWorker worker = worker("a", 1);
    for (int i = 0; i < 30; i++) {
      append(tick("SPY", start + i * 2_000_000L, 10));
      clock.advance(Duration.ofSeconds(2));
      poll(worker, 1);
    }
    clock.advance(Duration.ofHours(25));
    append(tick("SPY", Micros.of(clock.instant()), 10));
    poll(worker, 2);
    clock.advance(Duration.ofSeconds(70));
    append(tick("SPY", Micros.of(clock.instant()), 10));
    poll(worker, 2);

    assertThat(bus.length(0)).isLessThan(10);
    assertThat(bus.openShard("", 0).anchor(store.checkpoint(KEY).resumePosition()))
        .isEqualTo(store.checkpoint(KEY).anchor());
  }

  @Test
  void aReplayOfTheSameTicksChangesNothing() {
    MicroBatchWorker worker = worker("a", 1);
    append(tick("SPY", start, 10));
    append(new LaneEnd("p", MarketEvent.LIVE));
    append(lane("run-1", tick("SPY", start, 10)));
    append(new LaneEnd("p", "run-1"));
    poll(worker, 3);

    assertThat(store.bars()).hasSize(1);
    assertThat(worker.conflicting()).isZero();
  }

  @Test
  void aReplayThatMeetsAFullerBarIsToldAsConflicting() {
    MicroBatchWorker worker = worker("a", 1);
    append(tick("SPY", start, 10));
    append(tick("SPY", start + 1, 11));
    append(new LaneEnd("p", MarketEvent.LIVE));
    append(lane("run-1", tick("SPY", start, 10)));
    append(new LaneEnd("p", "run-1"));
    poll(worker, 4);
    clock.advance(Duration.ofSeconds(2));
    poll(worker, 1);

    assertThat(worker.conflicting()).isEqualTo(1);
    assertThat(store.bars().iterator().next().tradeCount()).isEqualTo(2);
    assertThat(store.checkpoint(KEY).lanes().getLast().conflicting()).isEqualTo(1);
  }

  private void append(MarketEvent event) {
    bus.append(0, event);
  }

  private static void poll(MicroBatchWorker worker, int times) {
    for (int i = 0; i < times; i++) {
      worker.poll();
    }
  }

  private MicroBatchWorker worker(String owner, long run) {
    return worker(owner, run, 1_000, false);
  }

  private MicroBatchWorker worker(String owner, long run, long cap, boolean acceptLoss) {
    return new MicroBatchWorker(
        new MicroBatchSettings(
            KEY,
            "tick-consumer",
            owner,
            1,
            new WindowSettings(
                List.of(Interval.parse("2s")), 500_000, 10_000_000, 900_000_000, 5_000_000, cap),
            100,
            Duration.ofSeconds(1),
            LEASE,
            Duration.ofHours(24),
            acceptLoss,
            run),
        new MicroBatchPorts(
            bus,
            store,
            event -> event.toString().getBytes(StandardCharsets.UTF_8),
            new NoMetrics(),
            clock,
            clock::advance));
  }

  private static Tick tick(String symbol, long micros, double price) {
    return new Tick(
        "p",
        MarketEvent.LIVE,
        Symbol.of(symbol),
        micros,
        0,
        price,
        1,
        Tick.ABSENT,
        Tick.ABSENT,
        micros);
  }

  private static Tick lane(String lane, Tick tick) {
    return new Tick(
        tick.provider(),
        lane,
        tick.symbol(),
        tick.srcMicros(),
        tick.seq(),
        tick.price(),
        tick.size(),
        tick.bid(),
        tick.ask(),
        tick.ingestMicros());
  }

  private BarEvent bar(String interval, double close) {
    Interval parsed = Interval.parse(interval);
    return new BarEvent(
        new Bar(
            "p",
            MarketEvent.LIVE,
            Symbol.of("SPY"),
            parsed,
            parsed.start(start),
            close,
            close,
            close,
            close,
            1,
            Tick.ABSENT,
            Bar.EXTERNAL),
        0,
        start);
  }
}
