package dev.mdp.store.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.audit.TwiceAudit;
import dev.mdp.core.audit.TwiceAudit.Moved;
import dev.mdp.core.audit.TwiceTrade;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.store.TestDatabase;
import dev.mdp.store.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Trades under two times, on a real database: ten windows of two seconds with three ticks each,
/// sealed, of a series with contiguous ids.
final class TwiceAuditIT {
  private static final AuditScope ALL =
      new AuditScope(Optional.empty(), List.of(), List.of(), Micros.MIN, Micros.MAX);

  private static TestDatabase migrated;
  private Database database;

  @BeforeAll
  static void openDatabase() {
    migrated = TestDatabase.migrated();
  }

  @AfterAll
  static void dropDatabase() {
    migrated.close();
  }

  private static AuditedRows rows() {
    return new AuditedRows(migrated);
  }

  private static FeedRows feed() {
    return new FeedRows(migrated);
  }

  @BeforeEach
  void fill() {
    migrated.execute("TRUNCATE stream_checkpoints, bars_ohlcv, tick_data, job_runs");
    feed().clear();
    database = new Database(migrated.settings());
    migrated.execute(
        """
        INSERT INTO tick_data (provider, symbol, ts, seq, price, size, created_at)
        SELECT 'prov', 'SPY', %s + i / 3 * interval '2 s' + i %% 3 * interval '300 ms', i,
               100 + i * 0.1, 1 + i * 0.01, '2025-10-01T00:00:00Z'
          FROM generate_series(0, 29) i
        """
            .formatted(AuditedRows.time(0)));
    feed().epoch("SPY", 0, "contiguous", 19);
    rows().workers("5-0", 30, 20, "5-0");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aTradeUnderTwoTimesIsFoundAndTheEarlierOneKept() {
    feed().tick("SPY", 4, 1, 6);

    List<TwiceTrade> found = find(ALL, 300_000);

    assertThat(found).hasSize(1);
    TwiceTrade trade = found.getFirst();
    assertThat(trade.provider()).isEqualTo("prov");
    assertThat(trade.symbol()).isEqualTo(new Symbol("SPY"));
    assertThat(trade.seq()).isEqualTo(6);
    assertThat(trade.kept().micros()).isEqualTo(Progress.at(4));
    assertThat(trade.kept().price()).isEqualTo(100.6);
    assertThat(trade.other().micros()).isEqualTo(Progress.at(4) + 1);
    assertThat(trade.other().size()).isEqualTo(0.25);
    assertThat(trade.other().bid()).isNaN();
  }

  @Test
  void onlyContiguousIdsSayThatItIsOneTrade() {
    for (String symbol : List.of("UNIQUE", "NONE", "FOREIGN")) {
      feed().tick(symbol, 4, 0, 6);
      feed().tick(symbol, 4, 1, 6);
    }
    feed().epoch("UNIQUE", 0, "unique", 19);
    feed().epoch("NONE", 0, "none", 19);

    assertThat(find(ALL, 300_000)).isEmpty();
  }

  @Test
  void anIdOfAnotherEpochIsAnotherTrade() {
    feed().epoch("SPY", 1, "contiguous", 90);
    feed().tick("SPY", 30, 0, 6);
    feed().tick("SPY", 30, 5, 7);
    feed().tick("SPY", 31, 0, 7);

    assertThat(find(ALL, 300_000)).extracting(TwiceTrade::seq).containsExactly(7L);
  }

  @Test
  void whatComesAtTheEndOfAnEpochMayBeOfEitherAndIsNotJudged() {
    feed().epoch("SPY", 1, "contiguous", 90);
    feed().tick("SPY", 19, 500_000, 29);
    feed().tick("SPY", 40, 0, 29);

    assertThat(find(ALL, 300_000)).isEmpty();
  }

  @Test
  void ofThreeCopiesTwoAreTooMany() {
    feed().tick("SPY", 4, 1, 6);
    feed().tick("SPY", 15, 0, 6);

    for (int ticks : new int[] {1, 5, 300_000}) {
      assertThat(find(ALL, ticks))
          .extracting(each -> each.other().micros() - each.kept().micros())
          .containsExactly(1L, 11_000_000L);
    }
  }

  @Test
  void theOtherCopyMayBeAMomentOutsideTheRange() {
    feed().tick("SPY", 5, 0, 1);
    AuditScope first = range(0, 1);
    AuditScope second = range(5, 6);
    AuditScope between = range(2, 3);

    assertThat(find(first, 3)).hasSize(1);
    assertThat(find(second, 3)).hasSize(1);
    assertThat(find(between, 3)).isEmpty();
  }

  @Test
  void providersAndSymbolsAreThoseOfTheScope() {
    feed().tick("SPY", 4, 1, 6);
    AuditScope other =
        new AuditScope(Optional.of("other"), List.of(), List.of(), Micros.MIN, Micros.MAX);
    AuditScope symbol =
        new AuditScope(
            Optional.of("prov"), List.of(new Symbol("QQQ")), List.of(), Micros.MIN, Micros.MAX);

    assertThat(find(other, 300_000)).isEmpty();
    assertThat(find(symbol, 300_000)).isEmpty();
  }

  /// Against a model: whatever the order of ids and times, however the ticks are cut into pieces.
  @Test
  void findsExactlyTheIdsThatAreThereTwice() {
    for (long seed = 1; seed <= 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      migrated.execute("TRUNCATE tick_data");
      Map<Long, TreeSet<Long>> model = new TreeMap<>();
      int ticks = 1 + random.nextInt(60);
      StringBuilder values = new StringBuilder();
      for (int i = 0; i < ticks; i++) {
        long seq = Math.max(0, i + random.nextInt(-6, 7));
        long micros = i * 10L + random.nextInt(25);
        if (model.computeIfAbsent(seq, _ -> new TreeSet<>()).add(micros)) {
          values
              .append(values.isEmpty() ? "" : ", ")
              .append(
                  "('prov', 'SPY', %s + interval '%d us', %d, 1)"
                      .formatted(AuditedRows.time(0), micros, seq));
        }
      }
      migrated.execute("INSERT INTO tick_data (provider, symbol, ts, seq, price) VALUES " + values);
      List<String> expected = new ArrayList<>();
      model.forEach((seq, times) ->
          times
              .tailSet(times.first(), false)
              .forEach(other -> expected.add(seq + ": " + times.first() + " " + other)));

      List<TwiceTrade> found = find(ALL, 1 + random.nextInt(9));

      assertThat(found.stream().map(TwiceAuditIT::words))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static String words(TwiceTrade trade) {
    return "%d: %d %d"
        .formatted(
            trade.seq(),
            trade.kept().micros() - Progress.at(0),
            trade.other().micros() - Progress.at(0));
  }

  @Test
  void theLaterCopyIsMovedAndTheBarsOfBothTimesAreWrittenAgain() {
    feed().tick("SPY", 4, 1, 6);
    feed().tick("SPY", 11, 0, 7);
    rows().build("2s", 2);
    rows().build("10s", 10);

    Moved moved = move(find(ALL, 300_000), 77);

    assertThat(moved.trades()).isEqualTo(2);
    assertThat(moved.bars()).as("2s: at 4 and 10; 10s: at 0 and 10").isEqualTo(4);
    assertThat(moved.waiting()).isZero();
    assertThat(find(ALL, 300_000)).isEmpty();
    assertThat(migrated.text("SELECT count(*) FROM tick_data")).isEqualTo("30");
    assertThat(
            migrated.text(
                "SELECT string_agg(concat_ws('|', symbol, seq, cause, old_price, old_size, coalesce(old_bid::text, '-'), new_seq, new_price, run_id, stored_at = '2025-10-01T00:00:00Z', applied_at IS NOT NULL, ts - new_ts), ' ' ORDER BY seq) FROM tick_corrections"))
        .isEqualTo(
            "SPY|6|twice|99.5|0.25|-|6|100.6|77|t|t|00:00:00.000001"
                + " SPY|7|twice|99.5|0.25|-|7|100.7|77|t|t|00:00:06.7");
    String written =
        "SELECT string_agg(interval || ' ' || trade_count, ', ' ORDER BY interval, ts)"
            + " FROM bars_ohlcv WHERE cause = 'correction' AND revision = 1 AND run_id = 77";
    assertThat(migrated.text(written)).isEqualTo("10s 15, 10s 15, 2s 3, 2s 3");
    assertThat(differences()).isEmpty();
  }

  @Test
  void aBarOfTheCopyAloneIsRemoved() {
    feed().tick("SPY", 24, 0, 6);
    rows().build("2s", 2);
    rows().workers("5-0", 60, 50, "5-0");

    Moved moved = move(find(ALL, 300_000), 0);

    assertThat(moved).isEqualTo(new Moved(1, 1, 0));
    assertThat(migrated.text("SELECT count(*) FROM bars_ohlcv")).isEqualTo("10");
    assertThat(migrated.text("SELECT count(*) FROM tick_corrections WHERE run_id IS NULL"))
        .isEqualTo("1");
    assertThat(differences()).isEmpty();
  }

  @Test
  void aTradeWhoseWindowIsOpenWaits() {
    feed().tick("SPY", 19, 0, 6);
    feed().tick("SPY", 2, 1, 3);
    rows().build("2s", 2);
    rows().workers("5-0", 19, 18, "5-0");

    assertThat(move(find(ALL, 300_000), 0)).isEqualTo(new Moved(1, 1, 1));
    assertThat(find(ALL, 300_000)).extracting(TwiceTrade::seq).containsExactly(6L);
  }

  @Test
  void whereTicksAreBehindTheBarsEveryTradeWaits() {
    feed().tick("SPY", 4, 1, 6);
    rows().build("2s", 2);
    rows().workers("7-0", 30, 20, "5-0");

    assertThat(move(find(ALL, 300_000), 0)).isEqualTo(new Moved(0, 0, 1));
    assertThat(migrated.text("SELECT count(*) FROM tick_corrections")).isEqualTo("0");
  }

  /// As where older ticks were pruned: what is left does not give the bar.
  @Test
  void aBarThatCountsMoreThanWasStoredIsLeftAlone() {
    feed().tick("SPY", 4, 1, 6);
    rows().build("2s", 2);
    rows().build("10s", 10);
    String bar = " WHERE interval = '10s' AND ts = " + AuditedRows.time(0);
    migrated.execute("UPDATE bars_ohlcv SET trade_count = 40, high = 400" + bar);

    assertThat(move(find(ALL, 300_000), 0)).isEqualTo(new Moved(1, 1, 0));
    assertThat(migrated.text("SELECT high FROM bars_ohlcv" + bar)).isEqualTo("400");
  }

  @Test
  void aTradeThatHasChangedSinceIsLeftAlone() {
    feed().tick("SPY", 4, 1, 6);
    rows().build("2s", 2);
    List<TwiceTrade> found = find(ALL, 300_000);
    migrated.execute("DELETE FROM tick_data WHERE seq = 6 AND price <> 99.5");

    assertThat(move(found, 0)).isEqualTo(Moved.NONE);
    assertThat(migrated.text("SELECT count(*) FROM tick_data")).isEqualTo("30");
  }

  private static String differences() {
    String bars =
        "SELECT count(*) FROM (SELECT interval, ts, open, high, low, close, volume, trade_count FROM bars_ohlcv"
            + " EXCEPT SELECT i.name, date_bin(i.name::interval, t.ts, %s),"
            + " (array_agg(price ORDER BY t.ts, seq))[1], max(price), min(price),"
            + " (array_agg(price ORDER BY t.ts DESC, seq DESC))[1], sum(size::text::numeric)::float8, count(*)"
            + " FROM tick_data t, (SELECT DISTINCT interval AS name FROM bars_ohlcv) i GROUP BY 1, 2) d";
    String different = migrated.text(bars.formatted(AuditedRows.time(0)));
    return different.equals("0") ? "" : different + " bars are not what the ticks give";
  }

  private static AuditScope range(long from, long to) {
    return new AuditScope(
        Optional.empty(), List.of(), List.of(), Progress.at(from), Progress.at(to));
  }

  private List<TwiceTrade> find(AuditScope scope, int ticksAtOnce) {
    List<TwiceTrade> found = new ArrayList<>();
    try (TwiceAudit.Search search = new JdbcTwiceAudit(database, ticksAtOnce).begin(scope)) {
      while (search.next(found::add)) {
        assertThat(search.progress()).isBetween(0.0, 1.0);
      }
      assertThat(search.progress()).isEqualTo(1.0);
    }
    return found;
  }

  private Moved move(List<TwiceTrade> trades, long runId) {
    return new JdbcTwiceAudit(database).move(trades, runId);
  }
}
