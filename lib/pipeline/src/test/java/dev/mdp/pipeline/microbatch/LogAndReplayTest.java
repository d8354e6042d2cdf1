package dev.mdp.pipeline.microbatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.Position;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the worker does when its log is cut, full or played again.
class LogAndReplayTest extends WorkerOnOneLog {
  @Test
  void stopsWhenTheLogLostWhatTheCheckpointNeedsAndSaysWhat() {
    MicroBatchWorker first = worker("a", 1);
    append(tick("SPY", start, 10));
    append(tick("SPY", start + 1, 11));
    poll(first, 2);
    first.drain();
    bus.log(0).loseHead(1);

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
    bus.log(0).loseHead(1);

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
    assertThat(store.admin().list("").getFirst().leased()).isFalse();
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

    assertThat(bus.log(0).length()).isLessThan(10);
    assertThat(bus.openShard("", 0).anchor(store.checkpoint(KEY).resumePosition()))
        .isEqualTo(store.checkpoint(KEY).anchor());
  }

  @Test
  void busShortOfMemoryIsTrimmedEarlyButNotPastAGroup() {
    MicroBatchWorker worker = worker("a", 1);
    for (int i = 0; i < 30; i++) {
      append(tick("SPY", start + i * 2_000_000L, 10));
      clock.advance(Duration.ofSeconds(2));
      poll(worker, 1);
    }
    int whole = bus.log(0).length();
    bus.shortOfMemory(true);
    clock.advance(Duration.ofSeconds(6));
    append(tick("SPY", Micros.of(clock.instant()), 10));
    poll(worker, 2);
    clock.advance(Duration.ofSeconds(6));
    append(tick("SPY", Micros.of(clock.instant()), 10));
    poll(worker, 2);

    assertThat(whole).isEqualTo(30);
    assertThat(bus.log(0).length()).isLessThan(15);
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
}
