package dev.mdp.store.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.Series;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.Samples;
import dev.mdp.store.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every symbol is stored as it is: PostgreSQL's upper case, length and order are those of Java.
final class StoredSymbolsIT {
  private static final long SEED = Long.getLong("mdp.seed", 20_251_129L);
  private static final int AT_ONCE = 50_000;

  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.migrated();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  /// Under the collation of the columns, the database's own one, and a Turkish one.
  @Test
  void everyCharacterOfASymbolIsItsOwnUpperCaseInPostgres() throws SQLException {
    List<String> all = new ArrayList<>();
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      String text = Character.toString(c);
      if (Symbol.isCanonical(text)) {
        all.add(text);
      }
    }
    assertThat(all).hasSizeGreaterThan(100_000).contains("^", "币", "𠮷");

    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<String> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
      assertThat(
              query(
                  """
                  SELECT s FROM unnest(?) s
                   WHERE upper(s COLLATE "C") <> s OR upper(s) <> s OR char_length(s) <> 1
                  """,
                  some))
          .isEmpty();
      assertThat(query("SELECT s FROM unnest(?) s WHERE upper(s COLLATE \"tr-x-icu\") <> s", some))
          .as("letters that a Turkish collation changes")
          .isEmpty();
    }
  }

  @Test
  void whatJavaUpperCasesPostgresUpperCasesToTheSame() throws SQLException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> given = new ArrayList<>();
    List<String> canonical = new ArrayList<>();
    while (given.size() < 5_000) {
      String text = text(random);
      try {
        canonical.add(Symbol.of(text).value());
        given.add(text);
      } catch (IllegalArgumentException _) {
        // another one
      }
    }

    assertThat(
            query(
                "SELECT upper(regexp_replace(s, ' +', ' ', 'g') COLLATE \"C\")"
                    + " FROM unnest(?) WITH ORDINALITY u (s, i) ORDER BY i",
                given))
        .as("seed %d", SEED)
        .isEqualTo(canonical);
    assertThat(query("SELECT s FROM unnest(?) s ORDER BY s COLLATE \"C\"", canonical))
        .isEqualTo(canonical.stream().map(Symbol::new).sorted().map(Symbol::value).toList());
  }

  @Test
  void symbolsOfAllKindsAreStoredOnceAndReadBack() {
    List<Tick> ticks =
        List.of("^VIX", ".DJI", "/ES", "$SPX", "BRK B", "SPY   251219C00600000", "币安人生usdt", "𠮷")
            .stream()
            .map(symbol -> Samples.tick(Symbol.of(symbol).value(), 0, 1, 10, 1))
            .toList();

    try (PostgresStore store = database.store(new RecordingMetrics())) {
      assertThat(store.ticks().write(ticks, _ -> List.of()).get("prov").inserted())
          .isEqualTo(ticks.size());
      assertThat(store.ticks().write(ticks, _ -> List.of()).get("prov").inserted()).isZero();
      assertThat(store.series().tickSeries())
          .extracting(Series::symbol)
          .containsExactly(
              "$SPX", ".DJI", "/ES", "BRK B", "SPY 251219C00600000", "^VIX", "币安人生USDT", "𠮷");
      assertThat(store.series().tickSeries()).allMatch(Series::isOurs);
    }
  }

  private static String text(SplittableRandom random) {
    String letters = "azAZiI09 ^.$/币ア한אª𠮷ıß";
    int[] points = letters.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private static List<String> query(String sql, List<String> texts) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }
}
