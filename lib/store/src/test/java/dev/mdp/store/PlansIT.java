package dev.mdp.store;

import static dev.mdp.store.Samples.T0;
import static dev.mdp.store.Samples.bar;
import static dev.mdp.store.Samples.tick;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.audit.BarVerdict;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Tick;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.Pruning;
import dev.mdp.core.store.Series;
import dev.mdp.core.store.StoredTicks;
import dev.mdp.core.store.WriteResult;
import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.store.database.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the server does what a batch asks of a table: by ranges of the index, never by comparing
/// every row with every row, whatever it knows of the table. The server itself reports its plans.
final class PlansIT {
  private static final int SYMBOLS = 40;
  private static final int WINDOWS = 25;
  private static final long SECOND = 1_000_000;

  @TempDir private Path folder;

  private int passes;

  @Test
  void noBatchIsComparedRowByRow() throws IOException, SQLException {
    List<String> plans;
    try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("postgres"))) {
      migrate(server);
      execute(
          server,
          "ALTER TABLE bars_ohlcv SET (autovacuum_enabled = off)",
          "ALTER TABLE tick_data SET (autovacuum_enabled = off)",
          "ALTER DATABASE market_data SET enable_hashjoin = off",
          "ALTER DATABASE market_data SET enable_indexscan = off",
          "ALTER DATABASE market_data SET session_preload_libraries = 'auto_explain'",
          "ALTER DATABASE market_data SET auto_explain.log_min_duration = 0");
      useEverything(server); // nothing is known of the tables
      useEverything(server); // they are not empty
      execute(server, "ANALYZE bars_ohlcv, tick_data, signals");
      useEverything(server); // what is known of them is old
      execute(server, "ANALYZE bars_ohlcv, tick_data, signals");
      useEverything(server);
      plans = plans(folder.resolve("postgres.log"));
    }

    for (String table : List.of("bars_ohlcv", "tick_data")) {
      for (String verb : List.of("Update on ", "Delete on ", "Index Scan using ")) {
        assertThat(plans).anyMatch(plan -> plan.contains(verb) && plan.contains(table));
      }
    }
    assertThat(plans)
        .noneMatch(
            plan -> contains(plan, "Nested Loop .*\\n(\\s+Disabled: true\\n)?\\s+Join Filter: "))
        .noneMatch(plan -> contains(plan, "Seq Scan on (bars_ohlcv|tick_data|signals)"))
        .noneMatch(plan -> contains(plan, "Index Cond: \\(+ts "));
  }

  private static void migrate(EmbeddedPostgres server) {
    try (PostgresStore store = store(server)) {
      store.migrations().migrate();
    }
  }

  private static PostgresStore store(EmbeddedPostgres server) {
    return new PostgresStore(
        StoreSettings.of(server.url(), 2, "mdp plans"), new RecordingMetrics());
  }

  private static void execute(EmbeddedPostgres server, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// The plans of the statements that name one of the tables of rows.
  private static List<String> plans(Path log) throws IOException {
    List<String> plans = new ArrayList<>();
    for (String entry : Files.readString(log).split("\n(?=\\S)")) {
      if (entry.contains("  plan:\n") && entry.matches("(?s).*(bars_ohlcv|tick_data|signals).*")) {
        plans.add(entry.replaceFirst("\tQuery Parameters: .*\n", ""));
      }
    }
    return plans;
  }

  private static boolean contains(String plan, String pattern) {
    return Pattern.compile(pattern).matcher(plan).find();
  }

  private void useEverything(EmbeddedPostgres server) {
    int first = passes++ * WINDOWS;
    try (PostgresStore store = store(server)) {
      useBars(store, first);
      useTicks(store, first);
    }
  }

  private static void useBars(PostgresStore store, int first) {
    ClaimRequest request =
        new ClaimRequest(
            new CheckpointKey("g", "t", 0),
            "me",
            1,
            List.of(Samples.TWO_SECONDS),
            Duration.ofSeconds(30),
            0);
    Lease lease = ((ClaimResult.Claimed) store.checkpoints().leases().claim(request)).lease();
    List<Bar> bars = bars(first, 1, 100.5);
    lease = commit(store, lease, bars, new WriteResult(bars.size(), 0, 0, 0));
    lease = commit(store, lease, bars, new WriteResult(0, 0, bars.size(), 0));
    bars = bars(first, 1, 100.75);
    lease = commit(store, lease, bars, new WriteResult(0, bars.size(), 0, 0));
    List<Bar> sparse = bars(first, 7, 100.25);
    lease = commit(store, lease, sparse, new WriteResult(0, sparse.size(), 0, 0));
    List<Signal> signals =
        sparse.stream()
            .map(bar ->
                new Signal(
                    "prov",
                    bar.symbol(),
                    bar.startMicros(),
                    "up",
                    1,
                    OptionalDouble.empty(),
                    Map.of()))
            .toList();
    Evaluated evaluated = new Evaluated(signals, List.of(), List.of(), List.of(), 0, 0);
    lease =
        store
            .checkpoints()
            .commits()
            .commit(lease, Checkpoint.EMPTY, evaluated, RunProgress.NONE)
            .lease();
    store.checkpoints().commits().commit(lease, Checkpoint.EMPTY, evaluated, RunProgress.NONE);
    repairAndPruneBars(store, sparse);
  }

  private static Lease commit(
      PostgresStore store, Lease lease, List<Bar> bars, WriteResult expected) {
    var result =
        store
            .checkpoints()
            .commits()
            .commit(lease, Checkpoint.EMPTY, new FencedWrite.Bars(bars), RunProgress.NONE);
    assertThat(result.bars()).isEqualTo(expected);
    return result.lease();
  }

  private static void repairAndPruneBars(PostgresStore store, List<Bar> bars) {
    List<BarFinding> findings = new ArrayList<>();
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      boolean gone = i % 3 == 0;
      findings.add(
          new BarFinding(
              gone ? BarVerdict.WITHOUT_TICKS : BarVerdict.WRONG,
              bar,
              2,
              gone ? null : bar(bar.symbol().value(), index(bar), 100.125, 9)));
    }
    assertThat(store.audit().repair(findings, 0, true).moved()).isZero();
    List<BarFinding> missing =
        findings.stream()
            .filter(finding -> finding.recomputed() == null)
            .map(finding -> new BarFinding(BarVerdict.MISSING, null, 0, finding.bar()))
            .toList();
    assertThat(store.audit().repair(missing, 0, true).moved()).isZero();
    prune(store, Pruning.Prunable.BARS_OHLCV, "2s", bars.getFirst().startMicros());
  }

  private static int index(Bar bar) {
    return (int) ((bar.startMicros() - T0) / (2 * SECOND));
  }

  private static void useTicks(PostgresStore store, int first) {
    List<Tick> ticks = ticks(first, 1, 7);
    store.ticks().write(ticks, _ -> List.of());
    store.ticks().write(ticks, _ -> List.of());
    store.ticks().write(ticks(first, 1, 6), _ -> List.of());
    store.ticks().write(ticks(first, 7, 5), _ -> List.of());
    List<StoredTicks.Moment> moments =
        ticks.stream().map(one -> new StoredTicks.Moment(one.symbol(), one.srcMicros())).toList();
    assertThat(store.storedTicks().at("prov", moments, 10)).hasSize(ticks.size());
    prune(store, Pruning.Prunable.TICK_DATA, "", ticks.getFirst().srcMicros());
  }

  /// Removes the rows of two seconds.
  private static void prune(
      PostgresStore store, Pruning.Prunable table, String interval, long from) {
    Pruning pruning = store.pruning();
    List<Series> all = pruning.seriesBefore(table, from + 2 * SECOND);
    assertThat(all).hasSize(SYMBOLS).contains(new Series("prov", "S0", interval));
    assertThat(pruning.oldest(table, all, from, from + 2 * SECOND)).hasValue(from);
    assertThat(pruning.count(table, all, from, from + 2 * SECOND, 10_000)).isEqualTo(SYMBOLS);
    assertThat(pruning.remove(table, all, from, from + 2 * SECOND)).hasSize(SYMBOLS);
  }

  private static List<Bar> bars(int first, int every, double close) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < SYMBOLS * WINDOWS; i += every) {
      bars.add(bar("S" + i % SYMBOLS, first + i / SYMBOLS, close, 5));
    }
    return bars;
  }

  private static List<Tick> ticks(int first, int every, double price) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < SYMBOLS * WINDOWS; i += every) {
      long offset = (first + i / SYMBOLS) * 2 * SECOND;
      ticks.add(tick("S" + i % SYMBOLS, offset, 1, price, 1));
    }
    return ticks;
  }
}
