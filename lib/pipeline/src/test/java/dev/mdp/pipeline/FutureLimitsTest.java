package dev.mdp.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.testkit.Faults;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.LowWater;
import dev.mdp.testkit.ManualClock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FutureLimitsTest {
  @Test
  void anotherGroupWithAnotherValueIsToldOnceWithBothValues() {
    InMemoryStore store = new InMemoryStore(ManualClock.at("2026-01-05T14:30:00Z"), Faults.NONE);
    String ticks = CheckpointKey.TICK_CONSUMER;
    Map<Integer, Position> shards = Map.of(0, new Position(5, 0), 1, new Position(6, 0));
    LowWater.raise(store.marks(), ticks, "mdp.events", 2, shards);
    store.marks().noteMaxFuture(ticks, "mdp.events", 2_000_000);

    var rows = store.admin().list("mdp.events");

    assertThat(FutureLimits.differences("micro-batcher", 5_000_000, rows))
        .singleElement()
        .asString()
        .contains("is 5000 for micro-batcher and 2000 for tick-consumer on mdp.events");
    assertThat(FutureLimits.differences("micro-batcher", 2_000_000, rows)).isEmpty();
    assertThat(FutureLimits.differences(ticks, 5_000_000, rows)).isEmpty();
  }
}
