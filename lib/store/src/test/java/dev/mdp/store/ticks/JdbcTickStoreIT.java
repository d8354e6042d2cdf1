package dev.mdp.store.ticks;

import static dev.mdp.store.Samples.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.run.JobRuns;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.TickStore.TickWrites;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.RecordingMetrics;
import dev.mdp.store.Samples;
import dev.mdp.store.TestDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

final class JdbcTickStoreIT {
  private static TestDatabase database;
  private final RecordingMetrics metrics = new RecordingMetrics();
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
    database.execute("TRUNCATE tick_data, job_runs");
    store = database.store(metrics);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private Map<String, TickWrites> write(List<Tick> ticks) {
    return store.ticks().write(ticks, _ -> List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 150, 3_000})
  void countsExactlyWhateverTheBatchSize(int size) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ticks.add(tick(i % 2 == 0 ? "a" : "b", "S" + i % 7, i, i, 10 + i, 1));
    }
    Collections.shuffle(ticks, new Random(42));

    Map<String, TickWrites> first = write(ticks);
    Map<String, TickWrites> second = write(ticks);

    long ofA = (size + 1) / 2;
    long ofB = size / 2;
    assertThat(first.get("a")).isEqualTo(new TickWrites(ofA, 0, 0));
    assertThat(second.get("a")).isEqualTo(new TickWrites(0, ofA, 0));
    assertThat(second.getOrDefault("b", new TickWrites(0, 0, 0)))
        .isEqualTo(new TickWrites(0, ofB, 0));
    assertThat(database.text("SELECT count(*) FROM tick_data")).isEqualTo("" + size);
    assertThat(metrics.counted())
        .containsExactly("tick_data " + size + " 0 0", "tick_data 0 0 " + size);
  }

  @Test
  void unchangedRowsWriteNoTuple() {
    List<Tick> ticks = List.of(tick("S", 0, 0, 1, 1), tick("S", 0, 1, 1, 1));
    write(ticks);
    String before = database.text("SELECT string_agg(ctid || ' ' || xmin, ',') FROM tick_data");

    write(ticks);

    assertThat(database.text("SELECT string_agg(ctid || ' ' || xmin, ',') FROM tick_data"))
        .isEqualTo(before);
    assertThat(database.text("SELECT sum(xmax::text::bigint) FROM tick_data")).isEqualTo("0");
  }

  @Test
  void theSmallerPayloadStaysInWhateverOrderTheyCome() {
    List<Tick> ordered =
        List.of(tick("S", 0, 0, 1.0, 5), tick("S", 0, 0, 1.0, Double.NaN), tick("S", 0, 0, 2.0, 1));
    for (List<Tick> order : List.of(ordered, ordered.reversed())) {
      database.execute("TRUNCATE tick_data");
      List<TickWrites> writes = new ArrayList<>();
      for (Tick tick : order) {
        writes.add(write(List.of(tick)).get("prov"));
      }

      assertThat(writes)
          .containsExactly(
              new TickWrites(1, 0, 0), new TickWrites(0, 0, 1), new TickWrites(0, 0, 1));
      assertThat(database.text("SELECT price || ' ' || size FROM tick_data")).isEqualTo("1 5");
    }
  }

  @Test
  void aFewTicksAmongManyStoredOnesAreCountedExactly() {
    List<Tick> dense = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      dense.add(tick("S", i, 0, i, 1));
    }
    write(dense);

    Map<String, TickWrites> writes =
        write(
            List.of(
                tick("S", 0, 0, 0, 1),
                tick("S", 4_000, 1, 7, 1),
                tick("S", 4_500, 0, 9_999, 1),
                tick("S", 4_999, 0, 4_999, 1)));

    assertThat(writes.get("prov")).isEqualTo(new TickWrites(1, 2, 1));
  }

  @Test
  void anIdentityTwiceInOneBatchIsCountedAndTheSmallerPayloadStays() {
    Map<String, TickWrites> writes =
        write(List.of(tick("S", 0, 0, 3, 1), tick("S", 0, 0, 2, 1), tick("S", 0, 0, 2, 1)));

    assertThat(writes.get("prov")).isEqualTo(new TickWrites(1, 1, 1));
    assertThat(database.text("SELECT price FROM tick_data")).isEqualTo("2");
  }

  @Test
  void keepsMicrosecondsAbsentNumbersAndEveryBitOfADouble() {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    try (PostgresStore turkish = database.store(metrics)) {
      long early = Micros.parse("1969-12-31T23:59:59.999999Z");
      long late = Micros.parse("2025-03-30T01:59:59.000001Z");
      double odd = Math.nextUp(0.1);
      turkish
          .ticks()
          .write(
              List.of(
                  new Tick(
                      "i", "", new Symbol("IBM.I"), early, -3, odd, Double.NaN, 1, Double.NaN, 0),
                  new Tick("i", "", new Symbol("IBM.I"), late, Long.MAX_VALUE, -1e300, 0, 0, 0, 0)),
              _ -> List.of());

      assertThat(
              database.text(
                  "SELECT string_agg((extract(epoch FROM ts) * 1000000)::bigint || ' ' || seq || ' '"
                      + " || price || ' ' || coalesce(size::text, 'null'), ';' ORDER BY ts) FROM tick_data"))
          .isEqualTo(early + " -3 " + odd + " null;" + late + " " + Long.MAX_VALUE + " -1e+300 0");
      try (var range = turkish.history().ticks("i", List.of(), Micros.MIN, Micros.MAX)) {
        List<Tick> read = range.next(10);
        assertThat(read).extracting(Tick::srcMicros).containsExactly(early, late);
        assertThat(read.getFirst().price()).isEqualTo(odd);
        assertThat(read.getFirst().size()).isNaN();
        assertThat(read.getFirst().bid()).isEqualTo(1);
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void aBatchThatIsRefusedForOneRowLeavesNothingAndTheStoreUsable() {
    assertThatThrownBy(() -> write(List.of(tick("S", 0, 0, 1, 1), tick("S", 1, 0, Double.NaN, 1))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("prov|S|");
    database.execute("ALTER TABLE tick_data ADD CONSTRAINT not_thirteen CHECK (price <> 13)");
    try {
      List<Tick> bad = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        bad.add(tick("S", i, 0, i, 1));
      }
      assertThatThrownBy(() -> write(bad)).isInstanceOf(DataException.class);
      assertThatThrownBy(() -> write(bad.subList(10, 20))).isInstanceOf(DataException.class);

      assertThat(database.text("SELECT count(*) FROM tick_data")).isEqualTo("0");
      assertThat(write(bad.subList(14, 1_000)).get("prov").inserted()).isEqualTo(986);
    } finally {
      database.execute("ALTER TABLE tick_data DROP CONSTRAINT not_thirteen");
    }
  }

  @Test
  void aFullDiskIsUnavailableAndNothingIsCounted() {
    database.execute(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$;"
            + " CREATE TRIGGER full_disk BEFORE INSERT ON tick_data EXECUTE FUNCTION full_disk()");
    try {
      assertThatThrownBy(() -> write(List.of(tick("S", 0, 0, 1, 1))))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("disk is full");
      assertThat(metrics.counted()).isEmpty();
    } finally {
      database.execute("DROP TRIGGER full_disk ON tick_data; DROP FUNCTION full_disk()");
    }
    assertThat(write(List.of(tick("S", 0, 0, 1, 1))).get("prov").inserted()).isEqualTo(1);
  }

  @Test
  void fourWritersOfTheSameKeysNeverDeadlockAndCountEachRowOnce() throws Exception {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      ticks.add(tick("S" + i % 50, i / 50, 0, i, 1));
    }
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Long>> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        Random random = new Random(writer);
        writers.add(() -> writeInParts(ticks, random));
      }
      long inserted = 0;
      for (var result : threads.invokeAll(writers)) {
        inserted += result.get();
      }

      assertThat(inserted).isEqualTo(2_000);
    }
    assertThat(database.text("SELECT count(*) FROM tick_data")).isEqualTo("2000");
    assertThat(
            database.text(
                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
        .isEqualTo("0");
  }

  @Test
  void aLargeBatchGetsItsTurnAmongFasterWritersOfTheSameKeys() throws Exception {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      ticks.add(tick("S", i, 0, i, 1));
    }
    try (var threads = Executors.newSingleThreadExecutor()) {
      var large = threads.submit(() -> write(ticks).get("prov").inserted());
      long inserted = 0;
      for (int i = ticks.size() - 1; !large.isDone() && i >= 0; i--) {
        inserted += write(ticks.subList(i, i + 1)).get("prov").inserted();
      }

      assertThat(inserted + large.get()).isEqualTo(20_000);
    }
  }

  private long writeInParts(List<Tick> ticks, Random random) {
    long inserted = 0;
    for (int round = 0; round < 10; round++) {
      List<Tick> part = new ArrayList<>(ticks);
      Collections.shuffle(part, random);
      part = part.subList(0, round % 2 == 0 ? 100 : 1_000);
      inserted += write(part).getOrDefault("prov", new TickWrites(0, 0, 0)).inserted();
    }
    return inserted + write(ticks).get("prov").inserted();
  }

  @Test
  void progressIsRecordedPerShardInTheSameTransaction() {
    long run =
        store
            .jobRuns()
            .start(
                new JobRuns.Start(
                    "ticks", null, "prov", JobRuns.Mode.LIVE, "f", "v", List.of("S")));
    LedgerCounts ledger =
        new LedgerCounts(
            new TreeMap<>(
                Map.of("prov", new LedgerCounts.Entry(2, Map.of(Outcome.AGGREGATED, 2L)))));
    store
        .ticks()
        .write(
            List.of(tick("S", 0, 0, 1, 1), tick("R", 5, 0, 1, 1)),
            writes -> {
              assertThat(writes.get("prov").inserted()).isEqualTo(2);
              return List.of(
                  new RunProgress(run, 0, ledger, 1, Samples.T0, Samples.T0 + 5),
                  new RunProgress(run, 3, ledger, 1, Long.MAX_VALUE, Long.MIN_VALUE));
            });

    JobRuns.Run stored = store.jobRuns().inspect(run).orElseThrow();
    assertThat(stored.rowsWritten()).isEqualTo(2);
    assertThat(stored.rowsFailed()).isEqualTo(2);
    assertThat(stored.symbols()).containsExactly("R", "S");
    assertThat(stored.minTs()).isEqualTo(Micros.instant(Samples.T0));
    assertThat(stored.maxTs()).isEqualTo(Micros.instant(Samples.T0 + 5));
    assertThat(database.text("SELECT metadata #>> '{ledger,3,prov,aggregated}' FROM job_runs"))
        .isEqualTo("2");

    assertThatThrownBy(() ->
            store
                .ticks()
                .write(
                    List.of(tick("S", 9, 0, 1, 1)),
                    _ -> {
                      throw new IllegalStateException("made up");
                    }))
        .hasMessage("made up");
    assertThat(database.text("SELECT count(*) FROM tick_data")).isEqualTo("2");
  }

  @Test
  void aBatchOfNothingStillRecordsProgress() {
    long run =
        store
            .jobRuns()
            .start(new JobRuns.Start("t", null, null, JobRuns.Mode.LIVE, "f", "v", List.of()));

    store
        .ticks()
        .write(
            List.of(),
            _ ->
                List.of(
                    new RunProgress(run, 0, LedgerCounts.NONE, 4, Long.MAX_VALUE, Long.MIN_VALUE)));

    assertThat(store.jobRuns().inspect(run).orElseThrow().rowsFailed()).isEqualTo(4);
  }

  @Test
  void sessionFrozenInACopyIsEndedAndReleasesItsRows() throws Exception {
    Connection frozen = database.connect();
    try {
      frozen.setAutoCommit(false);
      CopyIn copy =
          frozen
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY tick_data (provider, symbol, ts, seq, price) FROM STDIN");
      byte[] line =
          ("prov\tS\t" + Micros.format(Samples.T0) + "\t0\t1\n")
              .repeat(1)
              .getBytes(java.nio.charset.StandardCharsets.UTF_8);
      copy.writeToCopy(line, 0, line.length);
      byte[] filler = filler();
      copy.writeToCopy(filler, 0, filler.length);
      copy.flushCopy();
      database.await(
          "SELECT count(*) FROM pg_locks WHERE relation = 'tick_data'::regclass AND granted"
              + " AND mode = 'RowExclusiveLock'",
          "1");

      assertThat(write(List.of(tick("S", 0, 0, 1, 1))).get("prov").inserted()).isEqualTo(1);
    } finally {
      frozen.abort(Runnable::run);
    }
  }

  /// The server stores rows in groups of a thousand; this many push the first one into the table.
  private static byte[] filler() {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i < 3_000; i++) {
      lines.append("prov\tS\t").append(Micros.format(Samples.T0)).append('\t').append(i);
      lines.append("\t1\n");
    }
    return lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void rowsLockedByAStrangerAreAConflictThatSaysSo() throws Exception {
    write(List.of(tick("S", 0, 0, 5, 1)));
    try (Connection stranger = database.connect()) {
      stranger.setAutoCommit(false);
      stranger.createStatement().execute("SELECT * FROM tick_data FOR UPDATE");

      assertThatThrownBy(() -> write(List.of(tick("S", 0, 0, 4, 1))))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("locked");
    }
  }
}
