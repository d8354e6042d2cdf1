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
      MicroBatchWorker worker = shard.worker(Setup.of("2s").batch(batch).cap(30), store);
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
