package dev.mdp.store.history;

import static dev.mdp.store.Samples.T0;
import static dev.mdp.store.Samples.tick;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.TestDatabase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JdbcHistoryReaderIT {
  @Test
  void mergesAllSymbolsByTimeThenSeqThenSymbol() {
    try (TestDatabase database = TestDatabase.migrated();
        PostgresStore store = database.store(new RecordingMetrics())) {
      List<Tick> ticks = new ArrayList<>();
      Random random = new Random(7);
      for (int i = 0; i < 20_000; i++) {
        ticks.add(tick("S" + random.nextInt(9), random.nextInt(5_000), i, i, 1));
      }
      ticks.add(tick("other", "S1", 3, 0, 1, 1));
      store.ticks().write(ticks, _ -> List.of());

      List<Tick> read = new ArrayList<>();
      try (var range = store.history().ticks("prov", List.of(), T0 + 10, T0 + 4_000)) {
        for (List<Tick> page = range.next(777); !page.isEmpty(); page = range.next(777)) {
          assertThat(page.size()).isLessThanOrEqualTo(777);
          read.addAll(page);
        }
      }

      List<Tick> expected =
          ticks.stream()
              .filter(t -> t.provider().equals("prov"))
              .filter(t -> t.srcMicros() >= T0 + 10 && t.srcMicros() < T0 + 4_000)
              .sorted(
                  Comparator.comparingLong(Tick::srcMicros)
                      .thenComparingLong(Tick::seq)
                      .thenComparing(Tick::symbol))
              .toList();
      assertThat(read).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(read.get(i).eventId()).isEqualTo(expected.get(i).eventId());
        assertThat(read.get(i).price()).isEqualTo(expected.get(i).price());
      }
    }
  }

  @Test
  void readsOnlyTheSymbolsThatAreNamedAndClosesItsConnection() {
    try (TestDatabase database = TestDatabase.migrated();
        PostgresStore store = database.store(new RecordingMetrics())) {
      store
          .ticks()
          .write(
              List.of(tick("A", 0, 0, 1, 1), tick("B", 1, 0, 1, 1), tick("C", 2, 0, 1, 1)),
              _ -> List.of());

      for (int i = 0; i < 20; i++) {
        try (var range =
            store.history().ticks("prov", List.of(new Symbol("C"), new Symbol("A")), T0, T0 + 10)) {
          assertThat(range.next(10)).extracting(t -> t.symbol().value()).containsExactly("A", "C");
          assertThat(range.next(10)).isEmpty();
        }
      }
    }
  }
}
