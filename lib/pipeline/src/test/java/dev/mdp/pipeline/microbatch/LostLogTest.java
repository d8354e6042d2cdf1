package dev.mdp.pipeline.microbatch;

import static dev.mdp.pipeline.microbatch.OneShard.poll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.pipeline.microbatch.OneShard.Setup;
import org.junit.jupiter.api.Test;

/// A log that lost entries never makes a bar that looks whole.
class LostLogTest {
  private final OneShard shard = new OneShard();

  @Test
  void seesATailThatWasCutAlsoWhenProducersHaveAppendedSince() {
    MicroBatchWorker first = shard.worker("1m");
    poll(first, 1);
    shard.tickEverySecond(0, 10, first);
    shard.pass(1_500);
    poll(first, 1);
    shard.bus.log(0).loseTail(5);
    shard.passLease();
    shard.tick(31_000, 10);

    MicroBatchWorker second = shard.worker("1m");

    assertThatThrownBy(() -> poll(second, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its tail was cut");
    assertThat(shard.bars()).isEmpty();
  }

  @Test
  void seesUnreadEntriesGoWhileItRuns() {
    MicroBatchWorker worker = shard.worker("1m");
    shard.tick(0, 10);
    poll(worker, 2);
    shard.pass(1_500);
    poll(worker, 2);
    for (int second = 1; second < 200; second++) {
      shard.pass(1_000);
      shard.tick(second * 1_000L, 10);
    }

    shard.bus.log(0).loseHead(190);

    assertThatThrownBy(() -> poll(worker, 3))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has lost entries")
        .hasMessageContaining("--accept-data-loss");
    assertThat(shard.bars()).isEmpty();
  }

  @Test
  void aFormerOwnerThatFindsTheLogTrimmedIsFencedAndNothingIsLost() {
    MicroBatchWorker frozen = shard.worker("2s");
    shard.tick(0, 10);
    poll(frozen, 2);
    shard.pass(1_500);
    poll(frozen, 2);
    shard.passLease();
    MicroBatchWorker successor = shard.worker("2s");
    shard.tickEverySecond(20, 60, successor);

    shard.bus.log(0).loseHead(30);
    poll(frozen, 1);

    assertThat(frozen.owns()).isFalse();
    assertThat(successor.owns()).isTrue();
  }

  @Test
  void aFormerOwnerWritesNoLetterFromALogThatItsSuccessorHasTrimmed() {
    MicroBatchWorker frozen = shard.worker("1s,10s");
    poll(frozen, 1);
    shard.passLease();
    shard.tick(500, 10);
    shard.tick(12_000, 10);
    shard.tick(500, 10);
    shard.pass(12_000);
    shard.tick(25_000, 10);
    MicroBatchWorker successor = shard.worker("1s,10s");
    poll(successor, 2);

    shard.bus.log(0).loseHead(1);
    poll(frozen, 1);

    assertThat(frozen.owns()).isFalse();
    assertThat(shard.bars()).contains("p 10s +0ms n=1 c=10.0");
    assertThat(shard.bus.deadLetters()).isEmpty();
  }

  @Test
  void nothingIsJudgedLateByALogThatLostEntriesUnread() {
    MicroBatchWorker worker = shard.worker("1s,10s");
    shard.tick(0, 10);
    poll(worker, 2);
    shard.pass(1_500);
    poll(worker, 2);
    shard.tick(500, 10);
    shard.pass(12_000);
    shard.tick(12_000, 10);
    shard.tick(500, 10);

    shard.bus.log(0).loseHead(2);

    assertThatThrownBy(() -> poll(worker, 3)).isInstanceOf(DataException.class);
    assertThat(shard.bus.deadLetters()).isEmpty();
  }

  @Test
  void whatIsCutWhileItIsReadAgainIsTold() {
    MicroBatchWorker first = shard.worker("2s");
    for (int i = 0; i < 7; i++) {
      shard.tick(i * 100L, 10);
    }
    poll(first, 2);
    shard.pass(1_200);
    poll(first, 2);
    var checkpoint = shard.store.checkpoint(OneShard.KEY);
    assertThat(checkpoint.resumePosition()).isLessThan(checkpoint.position());
    shard.passLease();

    MicroBatchWorker second = shard.worker(Setup.of("2s").batch(1));
    poll(second, 2);
    shard.bus.log(0).loseHead(4);
    shard.tick(700, 10);

    assertThatThrownBy(
            () -> {
              shard.pass(1_500);
              poll(second, 10);
            })
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has lost entries");
  }

  @Test
  void whatIsCutBeforeANewGroupsFirstCommitIsTold() {
    MicroBatchWorker worker = shard.worker(Setup.of("2s").batch(1));
    for (int i = 0; i < 5; i++) {
      shard.tick(i * 100L, 10);
    }
    poll(worker, 2);
    shard.bus.log(0).loseHead(3);
    poll(worker, 2);

    assertThatThrownBy(
            () -> {
              shard.pass(1_500);
              poll(worker, 10);
            })
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has lost entries");
  }

  @Test
  void crashAfterAnAcceptedLossKeepsThePartialWindowUnclaimed() {
    MicroBatchWorker first = shard.worker("2s");
    shard.tick(0, 10);
    poll(first, 2);
    shard.pass(1_500);
    poll(first, 2);
    for (int i = 1; i <= 20; i++) {
      shard.pass(500);
      shard.tick(i * 500L, 10);
    }
    shard.bus.log(0).loseHead(15);
    shard.tick("q", MarketEvent.LIVE, 10_000, 10);
    shard.passLease();

    MicroBatchWorker second = shard.worker(Setup.of("2s").batch(1).acceptingLoss());
    shard.bus.log(0).loseHead(6);
    poll(second, 2);
    shard.pass(1_500);
    poll(second, 1);
    shard.passLease();
    shard.tick(11_500, 10);
    shard.tick(12_500, 10);
    shard.tick(14_500, 10);
    MicroBatchWorker third = shard.worker("2s");
    poll(third, 2);
    shard.end("p", MarketEvent.LIVE);
    poll(third, 3);

    assertThat(shard.bars()).noneMatch(bar -> bar.startsWith("p 2s +10000ms"));
    assertThat(shard.bars()).contains("p 2s +12000ms n=1 c=10.0", "p 2s +14000ms n=1 c=10.0");
  }

  @Test
  void afterAnAcceptedLossItBeginsWithAWholeWindow() {
    MicroBatchWorker first = shard.worker("2s");
    shard.tick(0, 10);
    poll(first, 2);
    shard.pass(1_500);
    poll(first, 2);
    for (int i = 1; i <= 60; i++) {
      shard.pass(500);
      shard.tick(i * 500L, 10);
    }
    shard.bus.log(0).loseHead(34);
    shard.passLease();

    MicroBatchWorker second = shard.worker(Setup.of("2s").acceptingLoss());
    poll(second, 2);
    shard.end("p", MarketEvent.LIVE);
    poll(second, 3);

    assertThat(second.lossAccepted()).isTrue();
    assertThat(shard.bars())
        .contains("p 2s +28000ms n=4 c=10.0")
        .filteredOn(bar -> !bar.contains(" +0ms") && !bar.contains(" +30000ms"))
        .allMatch(bar -> bar.contains("n=4"));
  }

  @Test
  void aLossUnderALeaveThatWasGivenBeforeMakesNoFragmentEither() {
    MicroBatchWorker worker = shard.worker(Setup.of("2s").acceptingLoss());
    shard.tick(0, 10);
    poll(worker, 2);
    shard.pass(1_500);
    poll(worker, 2);
    for (int i = 1; i <= 60; i++) {
      shard.pass(500);
      shard.tick(i * 500L, 10);
    }

    shard.bus.log(0).loseHead(34);
    poll(worker, 5);
    shard.end("p", MarketEvent.LIVE);
    poll(worker, 3);

    assertThat(worker.lossAccepted()).isTrue();
    assertThat(shard.bars())
        .contains("p 2s +28000ms n=4 c=10.0")
        .filteredOn(bar -> !bar.contains(" +0ms") && !bar.contains(" +30000ms"))
        .allMatch(bar -> bar.contains("n=4"));
  }

  @Test
  void anEventForAWindowThatWasSealedBeforeTheLossIsADeadLetterToo() {
    MicroBatchWorker worker = shard.worker(Setup.of("2s").acceptingLoss());
    for (int second = 0; second < 40; second++) {
      shard.tick(second * 1_000L, 10);
      shard.pass(1_000);
      poll(worker, 1);
    }
    shard.tick(40_000, 10);
    shard.tick(41_000, 10);
    shard.bus.log(0).loseHead(41);
    poll(worker, 5);
    assertThat(worker.lossAccepted()).isTrue();

    shard.tick(10_500, 11);
    shard.tick(60_000, 10);
    poll(worker, 2);
    shard.pass(1_500);
    poll(worker, 2);

    assertThat(shard.bars()).contains("p 2s +10000ms n=2 c=10.0");
    assertThat(shard.bus.deadLetters())
        .anySatisfy(letter -> {
          assertThat(letter.reason()).isEqualTo("sealed");
          assertThat(letter.intervals()).containsExactly("2s");
        });
  }

  @Test
  void aLateTickRightAfterTheLossDoesNotMakeAFragmentOfALaterWindow() {
    MicroBatchWorker worker = shard.worker(Setup.of("2s").acceptingLoss());
    shard.tickEverySecond(0, 10, worker);
    for (int half = 20; half <= 40; half++) {
      shard.tick(half * 500L, 10);
      shard.pass(500);
    }
    shard.bus.log(0).loseHead(31);
    shard.tick(1_000, 11);
    for (int half = 41; half <= 60; half++) {
      shard.tick(half * 500L, 10);
      shard.pass(500);
    }

    poll(worker, 5);
    shard.end("p", MarketEvent.LIVE);
    poll(worker, 3);

    assertThat(worker.lossAccepted()).isTrue();
    assertThat(shard.bars())
        .noneMatch(bar -> bar.startsWith("p 2s +20000ms"))
        .contains("p 2s +22000ms n=4 c=10.0", "p 2s +28000ms n=4 c=10.0");
  }

  @Test
  void windowSealedUnwrittenByALossIsNotClaimedByALateTick() {
    MicroBatchWorker worker = shard.worker(Setup.of("2s").acceptingLoss());
    shard.tickEverySecond(0, 11, worker);
    shard.tick(10_200, 10);
    shard.bus.log(0).loseHead(12);
    shard.tick(1_000, 11);
    shard.tick(10_600, 10);

    poll(worker, 5);
    shard.pass(1_500);
    poll(worker, 2);

    assertThat(worker.lossAccepted()).isTrue();
    assertThat(shard.bars()).noneMatch(bar -> bar.startsWith("p 2s +10000ms"));
    assertThat(shard.lane(MarketEvent.LIVE).beginsAt())
        .isEqualTo(shard.lane(MarketEvent.LIVE).sealedThrough());
  }

  @Test
  void earlierAcceptDataLossHidesNoLaterLossFromTheNextOwner() {
    MicroBatchWorker first = shard.worker(Setup.of("2s").acceptingLoss());
    shard.tickEverySecond(0, 31, first);
    shard.bus.log(0).loseHead(25);
    shard.tickEverySecond(31, 34, first);
    shard.passLease();
    shard.tick(24_200, 11);
    shard.tick(24_400, 11);

    MicroBatchWorker second = shard.worker(Setup.of("2s").acceptingLoss());
    poll(second, 5);
    shard.end("p", MarketEvent.LIVE);
    poll(second, 3);

    assertThat(shard.bars()).contains("p 2s +24000ms n=2 c=10.0");
    assertThat(first.lossAccepted()).isTrue();
  }
}
