package dev.mdp.pipeline.microbatch;

import static dev.mdp.pipeline.microbatch.OneShard.poll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.pipeline.microbatch.OneShard.Setup;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapAndSilenceTest {
  private final OneShard shard = new OneShard();

  @Test
  void entriesNobodyCanUseMoveTheLogsClockToo() {
    shard.tick("q", MarketEvent.LIVE, 0, 10);
    MicroBatchWorker worker = shard.worker("2s");
    poll(worker, 2);
    shard.pass(901_000);
    shard.bus.log(0).appendMalformed("malformed");
    poll(worker, 2);

    assertThat(shard.lane("").sealedThrough()).isNotEmpty();
    assertThat(shard.store.checkpoint(OneShard.KEY).resumePosition())
        .isEqualTo(shard.store.checkpoint(OneShard.KEY).position());
  }

  @Test
  void aWindowLongerThanAPauseHoldsWhatCameBeforeAndAfterIt() {
    MicroBatchWorker worker = shard.worker("1m,1h");
    shard.tick(0, 10);
    poll(worker, 2);
    shard.pass(1_500_000);
    shard.tick(1_500_000, 11);
    poll(worker, 2);
    shard.end("p", MarketEvent.LIVE);
    poll(worker, 2);
    shard.pass(3_000);
    poll(worker, 2);

    assertThat(shard.bars())
        .containsExactly(
            "p 1h +-1800000ms n=2 c=11.0", "p 1m +0ms n=1 c=10.0", "p 1m +1500000ms n=1 c=11.0");
    assertThat(shard.bus.deadLetters()).isEmpty();
  }

  @Test
  void silentLaneIsSealedAndForgottenAfterItsLongestWindow() {
    MicroBatchWorker worker = shard.worker("1m,1h");
    shard.tick("q", MarketEvent.LIVE, 0, 10);
    poll(worker, 2);
    shard.pass(1_000_000);
    shard.tick(1_000_000, 10);
    poll(worker, 2);
    boolean heldInThePause =
        shard
            .store
            .checkpoint(OneShard.KEY)
            .resumePosition()
            .equals(shard.bus.log(0).history().getFirst().position());
    shard.pass(900_000);
    shard.tick(1_900_000, 10);
    poll(worker, 2);

    assertThat(heldInThePause).isTrue();
    assertThat(shard.store.checkpoint(OneShard.KEY).resumePosition())
        .isGreaterThan(shard.bus.log(0).history().getFirst().position());
    assertThat(shard.bars()).contains("q 1h +-1800000ms n=1 c=10.0");
  }

  @Test
  void whatTheLogsClockSaidIsTheSameAfterARestart() {
    shard.tick("q", MarketEvent.LIVE, 0, 10);
    shard.pass(600_000);
    shard.tick(600_000, 10);
    MicroBatchWorker first = shard.worker("2s");
    poll(first, 2);
    shard.pass(301_000);
    shard.bus.log(0).appendMalformed("malformed");
    poll(first, 2);
    shard.passLease();
    shard.tick("q", MarketEvent.LIVE, 500, 99);

    MicroBatchWorker second = shard.worker("2s");
    poll(second, 3);
    shard.pass(3_000);
    poll(second, 2);

    assertThat(shard.bars()).contains("q 2s +0ms n=1 c=10.0");
    assertThat(shard.bars()).isEqualTo(shard.undisturbedBars(Setup.of("2s")));
    assertThat(shard.bus.deadLetters()).anyMatch(letter -> letter.reason().equals("sealed"));
  }

  @Test
  void aSilentLaneMakesRoomUnderTheCapWhateverTheBatchSize() {
    for (int i = 0; i < 25; i++) {
      shard.tick("q", MarketEvent.LIVE, i, 10);
    }
    shard.pass(901_000);
    for (int i = 0; i < 10; i++) {
      shard.tick(901_000 + i, 10);
    }

    List<List<String>> bars = new ArrayList<>();
    for (int batch : new int[] {1, 100}) {
      InMemoryStore store = new InMemoryStore(shard.clock, Faults.NONE);
      MicroBatchWorker worker =
          shard.worker(Setup.of("2s").batch(batch).cap(30), store.checkpoints());
      poll(worker, 40);
      shard.pass(5_000);
      poll(worker, 5);
      bars.add(shard.bars(store));
    }

    assertThat(bars.getFirst())
        .containsExactly("p 2s +900000ms n=10 c=10.0", "q 2s +0ms n=25 c=10.0");
    assertThat(bars.getLast()).isEqualTo(bars.getFirst());
  }
}
