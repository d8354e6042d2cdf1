package dev.mdp.pipeline.microbatch;

import static dev.mdp.pipeline.microbatch.OneShard.poll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.pipeline.microbatch.OneShard.Setup;
import org.junit.jupiter.api.Test;

/// Entries that come again after a restart change nothing that was decided before it.
class RecoveryTest {
  private final OneShard shard = new OneShard();

  @Test
  void aLaneThatWentOnAfterItsEndStaysOpenWhenTheEndIsReadAgain() {
    MicroBatchWorker first = shard.worker("2s");
    shard.tick(0, 10);
    shard.tick("q", MarketEvent.LIVE, 0, 10);
    shard.end("q", MarketEvent.LIVE);
    shard.pass(200);
    shard.tick("q", MarketEvent.LIVE, 2_100, 11);
    poll(first, 2);
    shard.pass(1_100);
    shard.tick(1_500, 10);
    poll(first, 1);
    shard.passLease();

    MicroBatchWorker second = shard.worker("2s");
    poll(second, 2);
    shard.tick("q", MarketEvent.LIVE, 2_200, 12);
    poll(second, 1);
    shard.end("q", MarketEvent.LIVE);
    shard.end("p", MarketEvent.LIVE);
    poll(second, 2);
    shard.pass(3_000);
    poll(second, 2);

    assertThat(shard.bars()).contains("q 2s +2000ms n=2 c=12.0");
    assertThat(shard.bars()).isEqualTo(shard.undisturbedBars(Setup.of("2s")));
  }

  @Test
  void aShorterSilenceSealsNothingBeforeItsEventsAreReadAgain() {
    MicroBatchWorker first = shard.worker("1m");
    shard.tick("q", MarketEvent.LIVE, 0, 10);
    shard.tick("q", MarketEvent.LIVE, 100, 11);
    shard.pass(71_000);
    shard.tick(71_000, 10);
    poll(first, 2);
    first.drain();
    assertThat(shard.bars()).isEmpty();

    shard.silenceMicros = 5_000_000;
    MicroBatchWorker second = shard.worker(OneShard.Setup.of("1m").batch(1));
    poll(second, 6);
    shard.pass(3_000);
    poll(second, 2);

    assertThat(shard.bars()).contains("q 1m +0ms n=2 c=11.0");
  }

  @Test
  void whatWasTakenStaysTakenWhenLessIsAllowedNow() {
    MicroBatchWorker first = shard.worker("2s");
    appendAhead();
    poll(first, 2);
    first.drain();

    shard.maxFutureMicros = 1_000_000;
    finish(shard.worker("2s"));

    assertThat(shard.bars()).contains("p 2s +4000ms n=1 c=11.0");
    assertThat(shard.bus.deadLetters()).isEmpty();
  }

  @Test
  void whatWasADeadLetterStaysOneWhenMoreIsAllowedNow() {
    shard.maxFutureMicros = 1_000_000;
    MicroBatchWorker first = shard.worker("2s");
    appendAhead();
    poll(first, 2);
    first.drain();

    shard.maxFutureMicros = 5_000_000;
    finish(shard.worker("2s"));

    assertThat(shard.bars()).noneMatch(bar -> bar.startsWith("p 2s +4000ms"));
  }

  @Test
  void severalLimitsAreToldApartByWhatEachHasJudged() {
    shard.tick(0, 10);
    for (int i = 0; i < 4; i++) {
      shard.maxFutureMicros = i % 2 == 0 ? 1_000_000 : 5_000_000;
      MicroBatchWorker worker = shard.worker("2s,1m");
      shard.tick(4_000 + i * 10L, 11);
      poll(worker, 3);
      worker.drain();
    }
    finish(shard.worker("2s,1m"));

    assertThat(shard.bars()).contains("p 2s +4000ms n=2 c=11.0");
  }

  /// One tick now, and one four seconds ahead.
  private void appendAhead() {
    shard.tick(0, 10);
    shard.tick(4_000, 11);
  }

  private void finish(MicroBatchWorker worker) {
    poll(worker, 3);
    shard.pass(30_000);
    shard.tick(30_000, 10);
    poll(worker, 3);
    shard.end("p", MarketEvent.LIVE);
    poll(worker, 3);
  }

  @Test
  void aLanesSilenceIsNotShortenedByReadingItAgain() {
    MicroBatchWorker first = shard.worker("2s");
    shard.tick("q", MarketEvent.LIVE, 0, 10);
    poll(first, 2);
    shard.pass(600_000);
    shard.tick(600_000, 10);
    poll(first, 2);
    shard.pass(2_000);
    poll(first, 2);
    shard.passLease();

    MicroBatchWorker second = shard.worker("2s");
    poll(second, 3);
    shard.pass(405_000);
    shard.tick(1_020_000, 10);
    poll(second, 2);
    shard.tick("q", MarketEvent.LIVE, 100, 99);
    poll(second, 2);
    shard.pass(3_000);
    poll(second, 2);

    assertThat(shard.bars()).contains("q 2s +0ms n=1 c=10.0");
    assertThat(shard.bars()).isEqualTo(shard.undisturbedBars(Setup.of("2s")));
  }

  @Test
  void addedIntervalBeginsWithAWholeWindowEvenAfterACrash() {
    MicroBatchWorker narrow = shard.worker("2s");
    shard.tickEverySecond(0, 30, narrow);
    poll(narrow, 2);
    narrow.drain();
    poll(shard.worker("2s,1m"), 1);
    shard.passLease();

    MicroBatchWorker wide = shard.worker("2s,1m");
    poll(wide, 2);
    shard.tickEverySecond(50, 121, wide);
    shard.end("p", MarketEvent.LIVE);
    poll(wide, 3);

    assertThat(shard.bars()).noneMatch(bar -> bar.startsWith("p 1m +0ms"));
    assertThat(shard.bars()).contains("p 1m +60000ms n=60 c=10.0");
  }

  @Test
  void noWindowIsAFragmentWhenTheHeadWasMissingAndTheFirstOwnerDied() {
    for (int second = 0; second < 30; second++) {
      shard.tick(second * 1_000L, 10);
      if (second == 3 || second == 29) {
        shard.tick("q", MarketEvent.LIVE, second * 1_000L, 10);
      }
      shard.pass(1_000);
    }
    shard.bus.log(0).loseHead(10);
    MicroBatchWorker first = shard.worker(Setup.of("1m").batch(5));
    poll(first, 2);
    shard.pass(2_000);
    poll(first, 2);
    shard.passLease();

    MicroBatchWorker second = shard.worker(Setup.of("1m").batch(5));
    poll(second, 20);
    shard.end("p", MarketEvent.LIVE);
    shard.end("q", MarketEvent.LIVE);
    poll(second, 5);

    assertThat(shard.bars()).isEmpty();
  }

  @Test
  void countsEveryEntryOnceAlsoWhenItIsReadAgainAfterAnError() {
    MicroBatchWorker worker = shard.worker("2s");
    for (int i = 0; i < 10; i++) {
      shard.tick(i, 10);
    }
    shard.end("p", MarketEvent.LIVE);
    poll(worker, 3);
    shard.pass(5_000);
    poll(worker, 2);

    shard.failAt("poll");
    poll(worker, 1);
    shard.failAt("");
    poll(worker, 5);
    shard.pass(5_000);
    shard.tick(5_000, 10);
    shard.end("p", MarketEvent.LIVE);
    poll(worker, 3);
    shard.pass(30_000);
    poll(worker, 3);

    assertThat(shard.metrics.counted(Outcome.AGGREGATED)).isEqualTo(11);
  }
}
