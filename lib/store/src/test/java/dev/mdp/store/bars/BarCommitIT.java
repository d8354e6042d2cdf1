package dev.mdp.store.bars;

import static dev.mdp.store.Samples.bar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.PendingRepair;
import dev.mdp.core.checkpoint.Repairs;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.WriteResult;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.Samples;
import dev.mdp.store.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BarCommitIT {
  private static TestDatabase database;
  private final RecordingMetrics metrics = new RecordingMetrics();
  private PostgresStore store;
  private Lease lease;

  @BeforeAll
  static void openDatabase() {
    database = TestDatabase.migrated();
  }

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @BeforeEach
  void claim() {
    database.execute("TRUNCATE stream_checkpoints, bars_ohlcv");
    store = database.store(metrics);
    ClaimRequest request =
        new ClaimRequest(
            new CheckpointKey("g", "t", 0),
            "me",
            1,
            List.of(Samples.TWO_SECONDS),
            Duration.ofSeconds(30),
            0);
    lease = ((ClaimResult.Claimed) store.checkpoints().leases().claim(request)).lease();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private CommitResult commit(List<Bar> bars) {
    return commit(new FencedWrite.Bars(bars));
  }

  private CommitResult commit(FencedWrite.Bars bars) {
    CommitResult result =
        store.checkpoints().commits().commit(lease, Checkpoint.EMPTY, bars, RunProgress.NONE);
    lease = result.lease();
    return result;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2_000})
  void aBarThatSeemedNewButIsThereIsComparedAllTheSame(int size) {
    commit(window(0, size));
    commit(window(1, size));
    database.execute(
        "INSERT INTO bars_ohlcv (provider, symbol, interval, ts, open, high, low, close, volume)"
            + " SELECT provider, symbol, interval, ts + interval '2s', open, high, low, close, volume"
            + " FROM bars_ohlcv WHERE symbol = 'S0' ORDER BY ts DESC LIMIT 1");

    CommitResult result = commit(window(2, size));

    assertThat(result.bars()).isEqualTo(new WriteResult(size - 1, 1, 0, 0));
    assertThat(commit(window(2, size)).bars()).isEqualTo(new WriteResult(0, 0, size, 0));
    assertThat(commit(window(3, size)).bars()).isEqualTo(new WriteResult(size, 0, 0, 0));
    assertThat(database.text("SELECT count(*) FROM bars_ohlcv WHERE trade_count = 5"))
        .isEqualTo(Integer.toString(4 * size));
  }

  @Test
  void anOldBarInTheMidstOfNewOnesIsLookedFor() {
    commit(window(0, 300));
    commit(window(1, 300));
    List<Bar> bars = new ArrayList<>(window(2, 300));
    bars.add(bar("S7", 0, 99.5, 6));
    bars.add(bar("S8", 1, 100.25, 5));

    assertThat(commit(bars).bars()).isEqualTo(new WriteResult(300, 1, 1, 0));
    assertThat(commit(window(3, 300)).bars()).isEqualTo(new WriteResult(300, 0, 0, 0));
  }

  private static List<Bar> window(int number, int symbols) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < symbols; i++) {
      bars.add(bar("S" + i, number, 100.25, 5));
    }
    return bars;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 2_000})
  void freshThenUnchangedThenChangedIsCountedExactly(int size) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      bars.add(bar("S" + i % 13, i / 13, 100.25, 5));
    }
    Collections.shuffle(bars, new Random(1));

    assertThat(commit(bars).bars()).isEqualTo(new WriteResult(size, 0, 0, 0));
    String rows =
        database.text(
            "SELECT md5(string_agg(ctid || ' ' || xmin || xmax, ',' ORDER BY ctid)) FROM bars_ohlcv");
    assertThat(commit(bars).bars()).isEqualTo(new WriteResult(0, 0, size, 0));
    assertThat(
            database.text(
                "SELECT md5(string_agg(ctid || ' ' || xmin || xmax, ',' ORDER BY ctid)) FROM bars_ohlcv"))
        .isEqualTo(rows);
    bars.set(0, bar(bars.getFirst().symbol().value(), 10_000, 100.25, 5));
    List<Bar> changed = bars.stream().map(b -> revised(b, b.close() + 1, 6)).toList();
    assertThat(commit(changed).bars()).isEqualTo(new WriteResult(1, size - 1, 0, 0));

    assertThat(database.text("SELECT count(*) FROM bars_ohlcv WHERE revision = 1"))
        .isEqualTo("" + (size - 1));
    assertThat(metrics.counted())
        .containsExactly(
            "bars_ohlcv " + size + " 0 0",
            (size >= 200 ? "COPY" : "UPSERT") + " success " + size,
            "bars_ohlcv 0 0 " + size,
            "UPSERT success 0",
            "bars_ohlcv 1 " + (size - 1) + " 0",
            "UPSERT success " + size);
  }

  private static Bar revised(Bar b, double close, long tradeCount) {
    return new Bar(
        b.provider(),
        b.lane(),
        b.symbol(),
        b.interval(),
        b.startMicros(),
        b.open(),
        b.high(),
        b.low(),
        close,
        b.volume(),
        b.vwap(),
        tradeCount);
  }

  @Test
  void ofTheSameKeyTwiceTheLastOneIsWritten() {
    assertThat(commit(List.of(bar("A", 0, 1, 1), bar("B", 0, 1, 1), bar("A", 0, 2, 2))).bars())
        .isEqualTo(new WriteResult(2, 0, 0, 0));
    assertThat(database.text("SELECT close FROM bars_ohlcv WHERE symbol = 'A'")).isEqualTo("2");
  }

  @Test
  void nullsAndDoublesAreKeptToTheBit() {
    Bar external = bar("A", 0, Math.nextUp(0.1), Bar.EXTERNAL);
    commit(List.of(external, bar("replay/1", "B", 0, 1, 3)));

    assertThat(
            database.text(
                "SELECT close || ' ' || (vwap IS NULL) || ' ' || (trade_count IS NULL) || ' ' ||"
                    + " (lane IS NULL) || ' ' || (run_id IS NULL) FROM bars_ohlcv WHERE symbol = 'A'"))
        .isEqualTo("0.10000000000000002 true true true true");
    assertThat(database.text("SELECT lane || ' ' || vwap FROM bars_ohlcv WHERE symbol = 'B'"))
        .isEqualTo("replay/1 100.12345678901235");
    try (var range =
        store
            .history()
            .bars(
                "prov",
                List.of(),
                Samples.TWO_SECONDS,
                Samples.T0 - 10_000_000,
                Samples.T0 + 10_000_000)) {
      assertThat(range.next(1)).containsExactly(external);
      assertThat(range.next(5)).containsExactly(bar("replay/1", "B", 0, 1, 3));
      assertThat(range.next(5)).isEmpty();
    }
    assertThat(commit(List.of(external)).bars()).isEqualTo(new WriteResult(0, 0, 1, 0));
  }

  @Test
  void refusalsAndConflictsAreReturned() {
    commit(List.of(bar("A", 0, 1, 5), bar("B", 0, 1, 5), bar("C", 0, 1, 5), bar("D", 0, 1, 5)));
    Bar poorer = bar("A", 0, 2, 4);
    Bar external = bar("B", 0, 2, Bar.EXTERNAL);
    Bar equalReplay = bar("r", "C", 0, 2, 5);
    Bar fullerReplay = bar("r", "D", 0, 2, 6);

    CommitResult result = commit(List.of(poorer, external, equalReplay, fullerReplay));

    assertThat(result.bars()).isEqualTo(new WriteResult(0, 1, 0, 3));
    assertThat(result.conflicting()).containsExactly(equalReplay, fullerReplay);
    assertThat(database.text("SELECT string_agg(close::text, ',' ORDER BY symbol) FROM bars_ohlcv"))
        .isEqualTo("1,1,1,2");
  }

  @Test
  void theCauseOfABarsPresentValuesIsStored() {
    Bar made = bar("A", 0, 1, 5);
    Bar external = bar("B", 0, 1, Bar.EXTERNAL);
    Bar replayed = bar("C", 0, 1, 5);
    Bar filled = bar("D", 0, 1, 5);
    commit(List.of(made, external, replayed, filled));
    assertThat(causes()).isEqualTo("A-,B-,C-,D-");

    Bar fillsTheHole = revised(filled, 3, 7);
    Bar wasMissing = bar("E", 0, 1, 1);
    List<PendingRepair> repaired =
        List.of(window(fillsTheHole), window(wasMissing), window(bar("A", 1, 1, 1)));
    commit(
        new FencedWrite.Bars(
            List.of(
                revised(made, 2, 6),
                bar("B", 0, 2, Bar.EXTERNAL),
                bar("r", "C", 0, 2, 6),
                fillsTheHole,
                wasMissing),
            new Repairs(Map.of(), Set.of(), repaired)));
    assertThat(causes()).isEqualTo("Alate,Bprovider,Creplay,Dfill,Efill");

    commit(List.of(revised(fillsTheHole, 4, 8)));
    assertThat(causes()).contains("Dlate");
  }

  private static PendingRepair window(Bar bar) {
    return new PendingRepair(bar.provider(), bar.symbol(), bar.interval(), bar.startMicros());
  }

  private static String causes() {
    return database.text(
        "SELECT string_agg(symbol || coalesce(cause, '-'), ',' ORDER BY symbol) FROM bars_ohlcv");
  }

  @Test
  void manyConflictsAreListedUpToAThousand() {
    List<Bar> live = new ArrayList<>();
    List<Bar> replay = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      live.add(bar("A", i, 1, 5));
      replay.add(bar("r", "A", i, 2, 5));
    }
    commit(live);

    CommitResult result = commit(replay);

    assertThat(result.bars().refused()).isEqualTo(1_200);
    assertThat(result.conflicting()).hasSize(1_000);
  }

  @Test
  void moreBarsThanOneRoundTakesAreWrittenInOneTransaction() {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      bars.add(bar("S" + i % 10, i / 10, 1, 1));
    }

    assertThat(commit(bars).bars()).isEqualTo(new WriteResult(60_000, 0, 0, 0));
    assertThat(database.text("SELECT count(DISTINCT xmin::text) FROM bars_ohlcv")).isEqualTo("1");
  }

  @Test
  void numbersThatAreNotFiniteAreRefusedAndNothingIsWritten() {
    assertThatThrownBy(
            () -> commit(List.of(bar("A", 0, 1, 1), bar("B", 0, Double.NEGATIVE_INFINITY, 1))))
        .isInstanceOf(DataException.class);
    assertThat(database.text("SELECT count(*) FROM bars_ohlcv")).isEqualTo("0");
  }

  @Test
  void aWriterInBetweenMakesTheCommitBeginAgain() throws Exception {
    try (Connection other = database.connect();
        var threads = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      try (var statement = other.createStatement()) {
        statement.execute(
            "INSERT INTO bars_ohlcv (provider, symbol, interval, ts, open, high, low, close, volume,"
                + " trade_count) SELECT 'prov', 'A', '2s', to_timestamp("
                + Samples.TWO_SECONDS.start(Samples.T0) / 1_000_000
                + "), 100, 101, 1, 1, 7, 1");
      }
      var result = threads.submit(() -> commit(List.of(bar("A", 0, 2, 3), bar("B", 0, 1, 1))));
      database.await(
          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
              + " AND datname = current_database()",
          "1");
      other.commit();

      assertThat(result.get().bars()).isEqualTo(new WriteResult(1, 1, 0, 0));
    }
    assertThat(database.text("SELECT close || ' ' || revision FROM bars_ohlcv WHERE symbol = 'A'"))
        .isEqualTo("2 1");
  }

  /// An UPDATE that joins with a batch names what its keys have in common: TimescaleDB would
  /// decompress every chunk for the join alone.
  @Test
  void aRevisionTouchesNoPartitionButItsOwn() {
    try (TestDatabase partitioned = TestDatabase.migrated()) {
      String first = "'2025-10-01Z'";
      partitioned.execute(
          """
          CREATE TABLE parted (LIKE bars_ohlcv INCLUDING ALL) PARTITION BY RANGE (ts);
          CREATE TABLE parted_old PARTITION OF parted FOR VALUES FROM ('2020-01-01Z') TO (%1$s);
          CREATE TABLE parted_new PARTITION OF parted FOR VALUES FROM (%1$s) TO ('2030-01-01Z');
          ALTER TABLE bars_ohlcv RENAME TO whole;
          ALTER TABLE parted RENAME TO bars_ohlcv;
          INSERT INTO bars_ohlcv (provider, symbol, interval, ts, open, high, low, close, volume)
          SELECT 'prov', 'S' || s, '2s', '2025-09-01Z'::timestamptz + s * interval '2 s', 1, 1, 1, 1, 1
            FROM generate_series(1, 1000) AS s;
          """
              .formatted(first));
      String scans =
          "SELECT coalesce(idx_scan, 0) || ' ' || seq_scan FROM pg_stat_user_tables WHERE relname = 'parted_old'";
      partitioned.await( // the statistics come late
          "SELECT n_tup_ins = 1000 FROM pg_stat_user_tables WHERE relname = 'parted_old'", "t");
      String before = partitioned.text(scans); // what building its index has scanned
      try (PostgresStore parted = partitioned.store(metrics)) {
        ClaimRequest request =
            new ClaimRequest(
                new CheckpointKey("g", "t", 0),
                "me",
                1,
                List.of(Samples.TWO_SECONDS),
                Duration.ofSeconds(30),
                0);
        Lease held = ((ClaimResult.Claimed) parted.checkpoints().leases().claim(request)).lease();
        for (int round = 0; round < 8; round++) {
          held =
              parted
                  .checkpoints()
                  .commits()
                  .commit(
                      held,
                      Checkpoint.EMPTY,
                      new FencedWrite.Bars(
                          List.of(bar("S1", 0, 100 + round, 5), bar("S2", 3, 100 + round, 5))),
                      RunProgress.NONE)
                  .lease();
        }
      }
      partitioned.await(
          "SELECT n_tup_upd >= 14 FROM pg_stat_user_tables WHERE relname = 'parted_new'", "t");
      assertThat(partitioned.text(scans)).isEqualTo(before);
    }
  }
}
