package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every command that opens the database, as the least role that the guide names for it.
class RolesIT {
  private final Scenario scenario = Scenario.migrated();
  private final List<String> logins = new ArrayList<>();

  @BeforeEach
  void rules() {
    scenario.write(
        "configs/rules.yaml",
        "version: 1\nrules:\n  - { name: each, condition: \"price > 0\", signal: 1, score: 0.5 }\n");
    scenario.sections(
        """
        inference: { adapters: { rules: { enabled: true, file: configs/rules.yaml } } }
        producers: { synthetic: { enabled: true, symbols: [SPY], tick_rate: 100 } }
        """);
    scenario.datasets("");
  }

  @AfterEach
  void close() {
    logins.forEach(login ->
        scenario.execute("DROP OWNED BY %s CASCADE; DROP ROLE %s".formatted(login, login)));
    scenario.close();
  }

  @Test
  void theWriterRunsEveryWorker() {
    String writer = login("mdp_writer");
    LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(90), 300);

    as(writer, 0, "stream", "produce", "--provider", "synthetic", "--limit", "20");
    as(writer, 0, "stream", "ticks", "--until-idle", "500ms");
    as(writer, 0, "stream", "micro-batch", "--window", "2s", "--until-idle", "800ms");
    as(writer, 0, "stream", "infer", "--adapter", "rules", "--until-idle", "800ms");
    as(writer, 0, "stream", "infer", "--adapter", "rules", "--until-idle", "800ms");
    as(writer, 0, "verify", "bars", "--wait", "10s");
    scenario.execute("UPDATE bars_ohlcv SET high = high + 1 WHERE provider = 'p'");
    as(writer, 0, "verify", "bars", "--repair");
    as(writer, 0, "verify", "bars", "--interval", "10s", "--build");
    String bounds =
        "SELECT to_char(%s(ts) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM tick_data WHERE provider = 'p'";
    scenario.datasets("history: { type: ticks, provider: p, symbol: SPY }");
    as(
        writer,
        0,
        "stream",
        "replay",
        "--dataset",
        "history",
        "--from",
        scenario.value(bounds.formatted("min")),
        "--to",
        scenario.value(bounds.formatted("max")));

    assertThat(scenario.count("SELECT count(*) FROM signals")).isPositive();
    assertThat(scenario.count("SELECT count(*) FROM inference_state")).isPositive();
  }

  @Test
  void theCleanerRemovesAndAdministersGroups() {
    LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(90), 300);
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    scenario.mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "800ms").requireCode(0);
    scenario.mdp("stream", "infer", "--until-idle", "800ms").requireCode(0);
    String cleaner = login("mdp_cleaner");

    for (String table : List.of("tick_data", "bars_ohlcv", "signals")) {
      as(cleaner, 0, "datastore", "prune", "--table", table, "--older-than", "30d", "--confirm");
    }
    as(cleaner, 0, "datastore", "job-runs-cleanup", "--confirm");
    checkpoints(cleaner, "reset", "inference");
    checkpoints(cleaner, "drop", "inference");
    checkpoints(cleaner, "reset", "micro-batcher");
    checkpoints(cleaner, "drop", "tick-consumer");

    assertThat(scenario.count("SELECT count(*) FROM inference_state")).isZero();
    assertThat(scenario.count("SELECT count(*) FROM stream_checkpoints")).isEqualTo(1);
  }

  @Test
  void theReaderLooksAtEverything() {
    LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(90), 300);
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    scenario.mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "800ms").requireCode(0);
    String reader = login("mdp_reader");
    String run = scenario.value("SELECT max(id) FROM job_runs");

    as(reader, 0, "verify", "bars", "--wait", "10s");
    as(reader, 0, "bars", "list", "--symbol", "SPY", "--interval", "2s");
    as(
        reader,
        0,
        "bars",
        "export",
        "--from",
        "1h",
        "--file",
        scenario.folder().resolve("bars.csv").toString());
    as(
        reader,
        0,
        "ticks",
        "export",
        "--from",
        "1h",
        "--file",
        scenario.folder().resolve("ticks.csv").toString());
    as(reader, 0, "signals", "list");
    as(reader, 0, "stream", "checkpoints", "list");
    as(reader, 0, "stream", "shards");
    as(reader, 0, "stream", "dead-letters", "list");
    as(reader, 0, "datastore", "status");
    as(reader, 0, "datastore", "migrate", "--check");
    as(reader, 0, "datastore", "job-runs-list");
    as(reader, 0, "datastore", "job-runs-inspect", run);
    as(reader, 0, "datastore", "job-runs-stuck");
    as(reader, 0, "datastore", "job-runs-summary");
    as(reader, 0, "config", "check");
  }

  @Test
  void aMemberOfMigrateMigratesWhatSomebodyElseBegan() {
    String migrator = login("mdp_migrate");
    scenario.execute(
        "DROP TABLE feed_positions, feed_cursors, feed_series, feed_gaps, feed_states, rate_budgets, pending_repairs, tick_corrections, prune_bounds;"
            + " ALTER TABLE bars_ohlcv DROP COLUMN cause;"
            + " DELETE FROM flyway_schema_history WHERE version >= '0009'");

    as(migrator, 0, "datastore", "migrate");
    as(migrator, 0, "datastore", "migrate");

    assertThat(
            scenario.rows("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
        .containsExactly("mdp_owner");
  }

  @Test
  void whoMayNotCreateRolesIsToldWhatIsMissing() {
    try (Scenario bare = Scenario.empty()) {
      String plain = "plain_" + bare.database();
      bare.execute("CREATE ROLE " + plain + " LOGIN");
      bare.execute("GRANT CREATE, USAGE ON SCHEMA public TO " + plain);
      bare.execute("ALTER ROLE mdp_cleaner RENAME TO elsewhere");
      try {
        Outcome migrated =
            bare.mdp("datastore", "migrate", "--set", url(bare, plain)).requireCode(0);

        assertThat(migrated.err())
            .contains("may not create roles", "CREATE ROLE mdp_cleaner NOLOGIN;");
        assertThat(migrated.out()).contains("mdp_cleaner");
      } finally {
        bare.execute("ALTER ROLE elsewhere RENAME TO mdp_cleaner");
        bare.execute("DROP OWNED BY %s CASCADE; DROP ROLE %s".formatted(plain, plain));
      }
    }
  }

  private void checkpoints(String login, String verb, String group) {
    as(login, 0, "stream", "checkpoints", verb, "--group", scenario.group(group), "--confirm");
  }

  private String login(String role) {
    String login = role + "_of_" + scenario.database();
    scenario.execute("CREATE ROLE %s LOGIN IN ROLE %s".formatted(login, role));
    logins.add(login);
    return login;
  }

  private void as(String login, int code, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.add("--set");
    words.add(url(scenario, login));
    scenario.mdp(words.toArray(String[]::new)).requireCode(code);
  }

  private static String url(Scenario of, String login) {
    return "store.url=" + TestServers.url(of.database()).replace("mdp@", login + "@");
  }
}
