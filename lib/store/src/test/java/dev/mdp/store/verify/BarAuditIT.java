package dev.mdp.store.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mdp.core.audit.AuditCounts;
import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.audit.BarAudit;
import dev.mdp.core.audit.BarAudit.Repaired;
import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.audit.BarVerdict;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each verdict on a real database: ten windows of two seconds with three ticks each, sealed.
final class BarAuditIT {
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

  private static AuditedRows rows() {
    return new AuditedRows(database);
  }

  @BeforeEach
  void fill() {
    database.execute(
        "TRUNCATE stream_checkpoints, bars_ohlcv, tick_data, job_runs, pending_repairs");
    store = database.store(new RecordingMetrics());
    database.execute(
        """
        INSERT INTO tick_data (provider, symbol, ts, seq, price, size, created_at)
        SELECT 'prov', 'SPY', %s + i / 3 * interval '2 s' + i %% 3 * interval '300 ms', i,
               100 + i * 0.1, 1 + i * 0.01, '2025-10-01T00:00:00Z'
          FROM generate_series(0, 29) i
        """
            .formatted(AuditedRows.time(0)));
    rows().build("2s", 2);
    rows().workers("5-0", 30, 20, "5-0");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aRightBarIsEqual() {
    assertThat(verify()).containsExactly(entry(BarVerdict.EQUAL, 10L));
  }

  @Test
  void everyValueThatDiffersInItsLastBitIsWrong() {
    for (String column : List.of("open", "high", "low", "close", "volume", "vwap")) {
      database.execute(
          "UPDATE bars_ohlcv SET "
              + column
              + " = "
              + column
              + " * (1 + 2.3e-16) WHERE ts = "
              + AuditedRows.time(4));

      assertThat(verify()).as(column).containsEntry(BarVerdict.WRONG, 1L);
      assertThat(repair(false)).isEqualTo(new Repaired(1, 0, 0, 0));
      assertThat(verify()).as(column).containsExactly(entry(BarVerdict.EQUAL, 10L));
    }
    assertThat(
            database.text(
                "SELECT revision || cause FROM bars_ohlcv WHERE ts = " + AuditedRows.time(4)))
        .isEqualTo("6repair");
  }

  /// A refill had trades for a sealed window: its owner computes it again, and no one else.
  @Test
  void aWindowThatWaitsForItsRepairIsPendingAndAfterLongUnverified() {
    rows().tick(5, 1_000);
    rows().tick(9, 1_001);
    assertThat(verify()).containsEntry(BarVerdict.LATE, 2L);
    database.execute(
        "INSERT INTO pending_repairs (consumer_group, topic, shard, provider, symbol, interval, ts, lane, position)"
            + " VALUES ('g-micro-batcher', 'mdp.events', 0, 'prov', 'SPY', '2s', "
            + AuditedRows.time(4)
            + ", 'fill-1', '4-0')");

    assertThat(verify())
        .containsOnly(
            entry(BarVerdict.EQUAL, 8L), entry(BarVerdict.LATE, 1L), entry(BarVerdict.PENDING, 1L));
    assertThat(repair(false))
        .as("only the one that does not wait")
        .isEqualTo(new Repaired(1, 0, 0, 0));
    database.execute("UPDATE pending_repairs SET created_at = now() - interval '11 minutes'");
    assertThat(verify())
        .containsOnly(entry(BarVerdict.EQUAL, 9L), entry(BarVerdict.UNVERIFIED, 1L));
    database.execute("DELETE FROM pending_repairs");
    assertThat(verify()).containsEntry(BarVerdict.LATE, 1L);
  }

  /// As bars were stored that divided two rounded sums.
  @Test
  void aMeanThatWasRoundedTwiceIsWrongAndIsRepaired() {
    database.execute("TRUNCATE bars_ohlcv, tick_data");
    database.execute(
        "INSERT INTO tick_data (provider, symbol, ts, seq, price, size, created_at)"
            + " VALUES ('prov', 'SPY', "
            + AuditedRows.time(4)
            + ", 1, 105487.6, 0.00001, '2025-10-01T00:00:00Z')");
    rows().build("2s", 2);
    assertThat(database.text("SELECT vwap FROM bars_ohlcv")).isEqualTo("105487.6");
    assertThat(verify()).containsExactly(entry(BarVerdict.EQUAL, 1L));

    database.execute("UPDATE bars_ohlcv SET vwap = 105487.59999999999");

    assertThat(verify()).containsExactly(entry(BarVerdict.WRONG, 1L));
    assertThat(repair(false)).isEqualTo(new Repaired(1, 0, 0, 0));
    assertThat(verify()).containsExactly(entry(BarVerdict.EQUAL, 1L));
    assertThat(database.text("SELECT vwap FROM bars_ohlcv")).isEqualTo("105487.6");
  }

  /// Ticks that another program put there: their sums and products are no doubles.
  @Test
  void oneTickBeyondTheLimitsOfAnEventDoesNotEndTheComparison() {
    database.execute(
        "UPDATE tick_data SET price = 1e-200, size = 1e-200 WHERE ts = " + AuditedRows.time(4));
    database.execute(
        "UPDATE tick_data SET price = 1e300, size = 1.7e308 WHERE ts >= "
            + AuditedRows.time(8)
            + " AND ts < "
            + AuditedRows.time(10));

    assertThat(verify()).containsEntry(BarVerdict.EQUAL, 8L).containsEntry(BarVerdict.WRONG, 2L);
    for (String view :
        List.of("tick_agg_1m", "tick_vwap_daily", "tick_spread_stats", "tick_rate_stats")) {
      assertThat(database.text("SELECT count(v) FROM " + view + " v")).as(view).isNotNull();
    }
  }

  @Test
  void aBarThatIsNotThereIsMissing() {
    database.execute("DELETE FROM bars_ohlcv WHERE ts = " + AuditedRows.time(4));

    assertThat(verify()).containsEntry(BarVerdict.MISSING, 1L);
    assertThat(repair(false)).isEqualTo(new Repaired(1, 0, 0, 0));
    assertThat(verify()).containsExactly(entry(BarVerdict.EQUAL, 10L));
  }

  @Test
  void ticksThatCameAfterTheSealAreFoldedInByARepair() {
    rows().tick(5, 500);

    assertThat(verify()).containsEntry(BarVerdict.LATE, 1L);
    assertThat(repair(false)).isEqualTo(new Repaired(1, 0, 0, 0));
    assertThat(verify()).containsExactly(entry(BarVerdict.EQUAL, 10L));
  }

  @Test
  void aBarWithoutTicksIsRemovedOnlyWhenThatIsAllowed() {
    database.execute(
        "DELETE FROM tick_data WHERE ts >= "
            + AuditedRows.time(4)
            + " AND ts < "
            + AuditedRows.time(6));

    assertThat(verify()).containsEntry(BarVerdict.WITHOUT_TICKS, 1L);
    assertThat(repair(false)).isEqualTo(new Repaired(0, 0, 1, 0));
    assertThat(repair(true)).isEqualTo(new Repaired(0, 1, 0, 0));
    assertThat(verify()).containsExactly(entry(BarVerdict.EQUAL, 9L));
  }

  @Test
  void aBarOfFewerTicksIsWrittenOnlyWhenThatIsAllowed() {
    database.execute("DELETE FROM tick_data WHERE seq = 7");

    assertThat(verify()).containsEntry(BarVerdict.WRONG, 1L);
    assertThat(repair(false)).isEqualTo(new Repaired(0, 0, 1, 0));
    assertThat(repair(true)).isEqualTo(new Repaired(1, 0, 0, 0));
    assertThat(verify()).containsExactly(entry(BarVerdict.EQUAL, 10L));
  }

  @Test
  void aBarThatCameAsABarIsExternal() {
    database.execute(
        "UPDATE bars_ohlcv SET trade_count = NULL, high = 1e6 WHERE ts = " + AuditedRows.time(4));

    assertThat(verify()).containsEntry(BarVerdict.EXTERNAL, 1L).doesNotContainKey(BarVerdict.WRONG);
  }

  @Test
  void whatIsOlderThanTheOldestTickCannotBeVerified() {
    database.execute("DELETE FROM tick_data WHERE ts < " + AuditedRows.time(5));

    Map<BarVerdict, Long> counts = verify();

    assertThat(counts)
        .as("two windows without ticks, and the one that has lost the first of its ticks")
        .containsOnly(entry(BarVerdict.EQUAL, 7L), entry(BarVerdict.UNVERIFIABLE, 3L));
    assertThat(repair(true)).isEqualTo(Repaired.NONE);
  }

  @Test
  void aWindowThatIsNotSealedIsPendingWhateverItHolds() {
    rows().workers("5-0", 21, 14, "5-0");
    database.execute("UPDATE bars_ohlcv SET high = high + 1 WHERE ts >= " + AuditedRows.time(14));

    assertThat(verify()).containsOnly(entry(BarVerdict.EQUAL, 7L), entry(BarVerdict.PENDING, 3L));
    assertThat(repair(true)).isEqualTo(Repaired.NONE);
  }

  @Test
  void whereTicksAreBehindEverythingIsPending() {
    rows().workers("10-0", 30, 20, "9-0");
    database.execute("UPDATE bars_ohlcv SET high = high + 1");

    assertThat(verify()).containsExactly(entry(BarVerdict.PENDING, 10L));
    assertThat(repair(true)).isEqualTo(Repaired.NONE);
  }

  @Test
  void aGroupOfAnotherTopicHidesNothing() {
    stray("another", "9-0");
    damageThreeAndDeleteFive();

    assertThat(verify())
        .containsOnly(
            entry(BarVerdict.EQUAL, 2L),
            entry(BarVerdict.WRONG, 3L),
            entry(BarVerdict.MISSING, 5L));
    assertThat(repair(false)).isEqualTo(new Repaired(8, 0, 0, 0));
  }

  @Test
  void differencesOfAProviderThatAnotherTopicHasUnstoredAreUnverified() {
    stray("prov", "9-0");
    damageThreeAndDeleteFive();
    rows().tickWorker("clock_timestamp() - interval '20 s'");

    assertThat(verify("2s"))
        .containsOnly(entry(BarVerdict.EQUAL, 2L), entry(BarVerdict.UNVERIFIED, 8L));
    assertThat(repair(true)).isEqualTo(Repaired.NONE);
  }

  @Test
  void ticksThatNobodyStoresAreAFindingAlsoWhereNoWindowShowsIt() {
    rows().workers("10-0", 30, 20, "9-0");
    database.execute("TRUNCATE bars_ohlcv, tick_data");
    rows().tickWorker("clock_timestamp() - interval '20 s'");

    try (BarAudit.Pass pass = store.audit().begin(everything(), Duration.ofMinutes(10))) {
      while (pass.next(finding -> {})) {}
      assertThat(pass.counts().checked()).isZero();
      assertThat(pass.unverifiedShards()).isEqualTo(1);
      assertThat(pass.notes()).singleElement().asString().startsWith("unverified: shard 0");
    }
  }

  @Test
  void aKilledTickWorkerMakesWhatDiffersUnverified() {
    rows().workers("10-0", 30, 20, "9-0");
    database.execute("UPDATE bars_ohlcv SET high = high + 1 WHERE ts >= " + AuditedRows.time(12));

    assertThat(verify()).as("alive").containsExactly(entry(BarVerdict.PENDING, 10L));
    rows().tickWorker("clock_timestamp() - interval '20 s'");

    assertThat(verify())
        .as("killed")
        .containsOnly(entry(BarVerdict.EQUAL, 6L), entry(BarVerdict.UNVERIFIED, 4L));
    assertThat(repair(true)).isEqualTo(Repaired.NONE);
  }

  @Test
  void aWindowThatStaysOpenForTooLongIsComparedAndNeverRepaired() {
    rows().workers("5-0", 21, 14, "5-0", Progress.at(21));
    database.execute("UPDATE bars_ohlcv SET high = high + 1 WHERE ts >= " + AuditedRows.time(16));

    assertThat(verify())
        .containsOnly(entry(BarVerdict.EQUAL, 8L), entry(BarVerdict.UNVERIFIED, 2L));
    assertThat(repair(true)).isEqualTo(Repaired.NONE);
  }

  @Test
  void ticksThatMicroBatchHasNotReadForLongAreUnverified() {
    rows().workers("5-0", 30, 20, "6-0", Progress.at(30));
    database.execute(
        "INSERT INTO tick_data (provider, symbol, ts, seq, price, created_at) VALUES ('prov', 'SPY', "
            + AuditedRows.time(40)
            + ", 1, 5, now() - interval '11 minutes')");

    assertThat(verify())
        .containsOnly(entry(BarVerdict.EQUAL, 10L), entry(BarVerdict.UNVERIFIED, 1L));
  }

  /// A group of another topic, where no one stores ticks.
  private static void stray(String provider, String position) {
    database.execute(
        """
        INSERT INTO stream_checkpoints (consumer_group, topic, shard, shards, intervals, committed, position, lanes)
        SELECT consumer_group, 'other.events', shard, shards, '{7s}', true, '%s',
               replace(lanes::text, '"prov"', '"%s"')::jsonb
          FROM stream_checkpoints WHERE consumer_group = 'g-micro-batcher'
        """
            .formatted(position, provider));
  }

  private static void damageThreeAndDeleteFive() {
    database.execute("UPDATE bars_ohlcv SET high = high + 1 WHERE ts < " + AuditedRows.time(6));
    database.execute(
        "DELETE FROM bars_ohlcv WHERE ts >= "
            + AuditedRows.time(8)
            + " AND ts < "
            + AuditedRows.time(18));
  }

  private static AuditScope everything() {
    return new AuditScope(Optional.empty(), List.of(), List.of(), Micros.MIN, Micros.MAX);
  }

  @Test
  void ticksOfEntriesThatMicroBatchHasNotReadAreNoFinding() {
    rows().workers("5-0", 30, 20, "6-0");
    database.execute(
        "INSERT INTO tick_data (provider, symbol, ts, seq, price) VALUES ('prov', 'SPY', "
            + AuditedRows.time(40)
            + ", 1, 5)");

    assertThat(verify()).containsOnly(entry(BarVerdict.EQUAL, 10L), entry(BarVerdict.PENDING, 1L));
  }

  @Test
  void anIntervalThatNobodyBuiltIsToldAndCanBeBuilt() {
    assertThat(verify("4s")).containsExactly(entry(BarVerdict.UNBUILT, 5L));

    Repaired built = store.audit().repair(different("4s"), 0, false);

    assertThat(built).isEqualTo(new Repaired(5, 0, 0, 0));
    assertThat(verify("4s")).containsExactly(entry(BarVerdict.EQUAL, 5L));
    assertThat(verify()).as("found by itself").containsExactly(entry(BarVerdict.EQUAL, 15L));
  }

  @Test
  void aHoleInAnIntervalThatWasBuiltIsMissing() {
    store.audit().repair(different("4s"), 0, false);
    database.execute(
        "DELETE FROM bars_ohlcv WHERE interval = '4s' AND ts = " + AuditedRows.time(8));

    assertThat(verify("4s")).containsEntry(BarVerdict.MISSING, 1L);
  }

  @Test
  void aRepairLeavesABarAloneThatHasChangedSince() {
    database.execute("UPDATE bars_ohlcv SET high = high + 1 WHERE ts = " + AuditedRows.time(4));
    List<BarFinding> judged = different();
    database.execute("UPDATE bars_ohlcv SET high = high + 1 WHERE ts = " + AuditedRows.time(4));

    assertThat(store.audit().repair(judged, 0, true)).isEqualTo(new Repaired(0, 0, 0, 1));
  }

  @Test
  void aRepairLeavesAWindowToTheLaneThatHasOpenedItAgain() {
    database.execute("UPDATE bars_ohlcv SET high = high + 1 WHERE ts = " + AuditedRows.time(4));
    List<BarFinding> judged = different();
    rows().workers("5-0", 7, 2, "5-0");

    assertThat(store.audit().repair(judged, 0, true)).isEqualTo(new Repaired(0, 0, 0, 1));
  }

  @Test
  void onlyWindowsThatStartInTheRangeAreLookedAt() {
    AuditScope scope =
        new AuditScope(
            Optional.of("prov"),
            List.of(new Symbol("SPY")),
            List.of(),
            Progress.at(3),
            Progress.at(8));

    try (BarAudit.Pass pass = store.audit().begin(scope, Duration.ofMinutes(10))) {
      while (pass.next(finding -> {})) {}
      assertThat(pass.counts().of(BarVerdict.EQUAL)).isEqualTo(2);
      assertThat(pass.progress()).isEqualTo(1);
    }
  }

  @Test
  void aWeekIsRecomputedFromMondayOn() {
    database.execute(
        """
        TRUNCATE bars_ohlcv, tick_data;
        INSERT INTO tick_data (provider, symbol, ts, seq, price, size, created_at)
        SELECT 'prov', 'SPY', timestamptz '2025-10-19T23:59:59.999999Z' + i * interval '84 h', i, 100 + i, 1,
               '2025-10-01T00:00:00Z'
          FROM generate_series(0, 6) i
        """);

    List<BarFinding> weeks = different("1w");

    assertThat(weeks).extracting(BarFinding::verdict).containsOnly(BarVerdict.UNBUILT);
    assertThat(weeks)
        .extracting(
            one -> Micros.format(one.bar().startMicros()).substring(0, 10) + " " + one.bar().open())
        .containsExactly(
            "2025-10-13 100.0", "2025-10-20 101.0", "2025-10-27 103.0", "2025-11-03 105.0");
    store.audit().repair(weeks, 0, false);
    assertThat(verify("1w")).containsExactly(entry(BarVerdict.EQUAL, 4L));
  }

  /// As an earlier version left them.
  @Test
  void barsOfSevenDaysFromTheEpochAreNamedAndLeftAlone() {
    rows().build("7d", 7 * 86_400);

    try (BarAudit.Pass pass =
        store
            .audit()
            .begin(
                new AuditScope(Optional.empty(), List.of(), List.of(), Micros.MIN, Micros.MAX),
                Duration.ofMinutes(10))) {
      while (pass.next(_ -> {})) {}
      assertThat(pass.counts().of(BarVerdict.EQUAL)).isEqualTo(10);
      assertThat(pass.notes()).anyMatch(note -> note.contains("7d") && note.contains("1w"));
    }
  }

  private Map<BarVerdict, Long> verify(String... intervals) {
    AuditCounts counts = pass(new ArrayList<>(), intervals);
    Map<BarVerdict, Long> all = new EnumMap<>(BarVerdict.class);
    for (BarVerdict verdict : BarVerdict.values()) {
      if (counts.of(verdict) > 0) {
        all.put(verdict, counts.of(verdict));
      }
    }
    return all;
  }

  private List<BarFinding> different(String... intervals) {
    List<BarFinding> different = new ArrayList<>();
    pass(different, intervals);
    return different;
  }

  private AuditCounts pass(List<BarFinding> different, String... intervals) {
    AuditScope scope =
        new AuditScope(
            Optional.empty(),
            List.of(),
            java.util.Arrays.stream(intervals).map(dev.mdp.core.event.Interval::parse).toList(),
            Micros.MIN,
            Micros.MAX);
    try (BarAudit.Pass pass = store.audit().begin(scope, Duration.ofMinutes(10))) {
      while (pass.next(different::add)) {}
      return pass.counts();
    }
  }

  private Repaired repair(boolean allowShrink) {
    List<BarFinding> findings =
        different().stream().filter(one -> one.verdict().isRepairable()).toList();
    return store.audit().repair(findings, 0, allowShrink);
  }
}
