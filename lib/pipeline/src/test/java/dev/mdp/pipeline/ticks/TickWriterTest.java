package dev.mdp.pipeline.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.TickStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TickWriterTest {
  private final List<Tick> stored = new ArrayList<>();
  private final List<Delivery.Decoded> refused = new ArrayList<>();

  @Test
  void findsTheOneRowThatTheDatabaseRefusesAndStoresTheRest() {
    TickWriter writer = new TickWriter(refusing(13), 1, (delivery, _) -> refused.add(delivery));

    writer.write(deliveries(20), List.of(), false);

    assertThat(stored).hasSize(19);
    assertThat(refused).extracting(delivery -> delivery.position().major()).containsExactly(13L);
    assertThat(writer.committed().byProvider().get("p").outcomes())
        .containsEntry(Outcome.AGGREGATED, 19L)
        .containsEntry(Outcome.DEAD_LETTERED, 1L);
    assertThat(writer.committed().addsUp()).isTrue();
  }

  @Test
  void keepsTheSmallerPayloadOfAConflictWithinABatch() {
    TickBatch batch = new TickBatch();
    Delivery.Decoded larger = delivery(1, 11);
    Delivery.Decoded smaller = delivery(1, 10);

    batch.add(larger, (Tick) larger.event());
    batch.add(smaller, (Tick) smaller.event());
    batch.add(smaller, (Tick) smaller.event());

    assertThat(batch.distinct()).containsExactly(smaller);
    assertThat(batch.decided())
        .containsEntry(Outcome.CONFLICT, Map.of("p", 1L))
        .containsEntry(Outcome.DUPLICATE, Map.of("p", 1L));
  }

  private TickStore refusing(long micros) {
    return new TickStore() {
      @Override
      public Map<String, TickWrites> write(
          List<Tick> ticks, Function<Map<String, TickWrites>, List<RunProgress>> progress) {
        if (ticks.stream().anyMatch(tick -> tick.srcMicros() == micros)) {
          throw new DataException("numeric field overflow");
        }
        Map<String, TickWrites> result =
            ticks.isEmpty() ? Map.of() : Map.of("p", new TickWrites(ticks.size(), 0, 0));
        progress.apply(result);
        stored.addAll(ticks);
        return result;
      }
    };
  }

  private static List<Delivery.Decoded> deliveries(int count) {
    List<Delivery.Decoded> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(delivery(i, 10));
    }
    return all;
  }

  private static Delivery.Decoded delivery(long micros, double price) {
    return new Delivery.Decoded(
        0,
        new Position(micros, 0),
        micros,
        false,
        new Tick(
            "p",
            MarketEvent.LIVE,
            Symbol.of("SPY"),
            micros,
            0,
            price,
            1,
            Tick.ABSENT,
            Tick.ABSENT,
            micros));
  }
}
