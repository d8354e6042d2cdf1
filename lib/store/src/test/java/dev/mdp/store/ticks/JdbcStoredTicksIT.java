package dev.mdp.store.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.StoredTicks;
import dev.mdp.core.store.StoredTicks.Moment;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JdbcStoredTicksIT {
  private static final long AT = 1_761_314_400_000_000L;
  private static TestDatabase database;
  private PostgresStore store;

  @BeforeAll
  static void openDatabase() {
    database = TestDatabase.migrated();
  }

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @BeforeEach
  void openStore() {
    database.execute("TRUNCATE tick_data");
    store = new PostgresStore(database.settings(), new RecordingMetrics());
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void givesTheTicksOfTheMomentsAskedForAndNoOthers() {
    List<Tick> ticks = new ArrayList<>();
    for (long second = 0; second < 50; second++) {
      for (long seq = 0; seq <= second % 3; seq++) {
        ticks.add(tick("p", "A", AT + second, seq, 1 + seq));
        ticks.add(tick("p", "B", AT + second, seq + 5, 2 + seq));
        ticks.add(tick("q", "A", AT + second, seq, 3));
      }
    }
    store.ticks().write(ticks, _ -> List.of());
    StoredTicks stored = store.storedTicks();

    assertThat(stored.at("p", List.of(), 9)).isEmpty();
    assertThat(stored.at("p", List.of(moment("A", AT + 2), moment("B", AT), moment("C", AT)), 9))
        .containsExactlyInAnyOrder(
            tick("p", "A", AT + 2, 0, 1),
            tick("p", "A", AT + 2, 1, 2),
            tick("p", "A", AT + 2, 2, 3),
            tick("p", "B", AT, 5, 2));
    assertThat(stored.at("p", List.of(moment("A", AT + 2)), 2))
        .containsExactly(tick("p", "A", AT + 2, 0, 1), tick("p", "A", AT + 2, 1, 2));
    assertThat(stored.at("p", List.of(moment("A", AT + 50), moment("A", AT - 1)), 9)).isEmpty();
    assertThat(stored.at("none", List.of(moment("A", AT)), 9)).isEmpty();
  }

  @Test
  void absentNumbersStayAbsentAndOthersAreExact() {
    Tick odd =
        new Tick(
            "p",
            "",
            new Symbol("A"),
            AT,
            7,
            424.98999999999995,
            Tick.ABSENT,
            0.1 + 0.2,
            Tick.ABSENT,
            AT);
    store.ticks().write(List.of(odd), _ -> List.of());

    assertThat(store.storedTicks().at("p", List.of(Moment.of(odd)), 1)).containsExactly(odd);
  }

  private static Moment moment(String symbol, long micros) {
    return new Moment(new Symbol(symbol), micros);
  }

  private static Tick tick(String provider, String symbol, long micros, long seq, double price) {
    return new Tick(
        provider, "", new Symbol(symbol), micros, seq, price, 1, Tick.ABSENT, Tick.ABSENT, micros);
  }
}
