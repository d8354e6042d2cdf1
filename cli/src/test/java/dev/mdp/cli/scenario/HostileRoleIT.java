package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A role for which somebody has set everything that can change what a session means: the results
/// are those of a plain role, to the last digit.
class HostileRoleIT {
  private static final Instant FIRST = Instant.parse("2025-10-24T14:00:00Z");
  private static final int SECONDS = 90;
  private static final String ROLE = "hostile_role";

  private final Scenario plain = Scenario.empty();
  private final Scenario hostile = Scenario.empty();

  @AfterEach
  void close() {
    plain.close();
    hostile.close();
    try (Scenario server = Scenario.on("postgres")) {
      server.execute("DROP ROLE IF EXISTS " + ROLE);
    }
  }

  @Test
  void everyCommandGivesWhatItGivesUnderAPlainRole() {
    hostile.execute(
        """
        CREATE ROLE hostile_role LOGIN SUPERUSER;
        CREATE SCHEMA elsewhere;
        CREATE TABLE elsewhere.tick_data (nothing int);
        CREATE TABLE elsewhere.bars_ohlcv (nothing int);
        ALTER ROLE hostile_role SET search_path = elsewhere;
        ALTER ROLE hostile_role SET extra_float_digits = 0;
        ALTER ROLE hostile_role SET DateStyle = 'SQL, DMY';
        ALTER ROLE hostile_role SET IntervalStyle = 'sql_standard';
        ALTER ROLE hostile_role SET TimeZone = 'Asia/Kathmandu';
        ALTER ROLE hostile_role SET bytea_output = 'escape';
        ALTER ROLE hostile_role SET client_encoding = 'LATIN1';
        ALTER ROLE hostile_role SET standard_conforming_strings = off;
        ALTER ROLE hostile_role SET array_nulls = off;
        ALTER ROLE hostile_role SET transform_null_equals = on;
        ALTER ROLE hostile_role SET default_transaction_isolation = 'serializable';
        ALTER ROLE hostile_role SET default_transaction_read_only = on;
        ALTER ROLE hostile_role SET default_transaction_deferrable = on;
        ALTER ROLE hostile_role SET session_replication_role = replica;
        ALTER ROLE hostile_role SET row_security = on;
        ALTER ROLE hostile_role SET plan_cache_mode = force_generic_plan;
        ALTER ROLE hostile_role SET statement_timeout = '20ms';
        ALTER ROLE hostile_role SET lock_timeout = '1ms';
        ALTER ROLE hostile_role SET idle_session_timeout = '500ms';
        ALTER ROLE hostile_role SET idle_in_transaction_session_timeout = '20ms';
        ALTER ROLE hostile_role SET synchronous_commit = off;
        ALTER ROLE hostile_role SET lc_numeric = 'C';
        ALTER ROLE hostile_role SET exit_on_error = on;
        """);

    List<String> expected = everything(plain, TestServers.url(plain.database()));
    List<String> actual =
        everything(hostile, TestServers.url(hostile.database()).replace("mdp@", ROLE + "@"));

    assertThat(actual).isEqualTo(expected);
    assertThat(expected.getFirst()).contains("424.98999999999995");
    assertThat(
            hostile.value(
                "SELECT (SELECT count(*) FROM elsewhere.tick_data), (SELECT count(*) FROM elsewhere.bars_ohlcv)"))
        .isEqualTo("0|0");
  }

  /// What a day's work leaves and prints; nothing in it depends on when it ran.
  private static List<String> everything(Scenario scenario, String url) {
    configure(scenario);
    mdp(scenario, url, "datastore", "migrate").requireCode(0);
    mdp(scenario, url, "stream", "replay", "--dataset", "made", "--speed", "max").requireCode(0);
    mdp(scenario, url, "stream", "ticks", "--until-idle", "1s").requireCode(0);
    mdp(scenario, url, "stream", "micro-batch", "--window", "2s,1m", "--until-idle", "1s")
        .requireCode(0);
    mdp(scenario, url, "stream", "infer", "--include-replays", "--until-idle", "1s").requireCode(0);
    scenario.execute(
        "UPDATE bars_ohlcv SET high = high + 1 WHERE interval = '1m';"
            + " DELETE FROM bars_ohlcv WHERE interval = '2s' AND ts = '2025-10-24 14:00:10Z'");

    List<String> all = new ArrayList<>();
    all.add(
        mdp(scenario, url, "ticks", "export", "--from", "2025-10-24", "--to", "2025-10-25")
            .requireCode(0)
            .out());
    all.add(mdp(scenario, url, "verify", "bars", "-o", "jsonl").requireCode(3).out());
    mdp(scenario, url, "verify", "bars", "--repair").requireCode(0);
    mdp(scenario, url, "verify", "bars").requireCode(0);
    all.add(
        mdp(scenario, url, "bars", "export", "--from", "2025-10-24", "--to", "2025-10-25")
            .requireCode(0)
            .out());
    all.addAll(
        scenario.rows(
            "SELECT provider, symbol, interval, ts, open, high, low, close, volume, vwap, trade_count, revision,"
                + " updated_at > created_at FROM bars_ohlcv ORDER BY 1, 2, 3, 4"));
    all.addAll(
        scenario.rows(
            "SELECT provider, symbol, ts, name, value, score FROM signals ORDER BY 1, 2, 3, 4"));
    all.addAll(scenario.rows("SELECT job_name, status, rows_written FROM job_runs ORDER BY id"));
    Outcome runs = mdp(scenario, url, "datastore", "job-runs-list", "-o", "json");
    all.add(Integer.toString(runs.requireCode(0).json().path("data").size()));
    all.add(
        mdp(
                scenario,
                url,
                "datastore",
                "prune",
                "--table",
                "tick_data",
                "--older-than",
                "1d",
                "--confirm",
                "-o",
                "json")
            .requireCode(0)
            .json()
            .path("data")
            .toString());
    all.add(scenario.value("SELECT count(*) FROM tick_data"));
    return all;
  }

  private static Outcome mdp(Scenario scenario, String url, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--set");
    all.add("store.url=" + url);
    return scenario.mdp(all.toArray(String[]::new));
  }

  private static void configure(Scenario scenario) {
    StringBuilder ticks = new StringBuilder("time,price,size\n");
    for (int second = 0; second < SECONDS; second++) {
      ticks.append(FIRST.toEpochMilli() + second * 1_000L).append(',');
      ticks.append(second == 7 ? 424.98999999999995 : 425 + second % 7 * 0.1).append(",0.1\n");
    }
    scenario.write("ticks.csv", ticks.toString());
    scenario.write(
        "rules.yaml",
        "version: 1\nrules:\n  - { name: each, condition: \"price > 0\", signal: 1, score: 0.1 }\n");
    scenario
        .sections(
            """
            inference: { every: 2s, adapters: { rules: { file: rules.yaml } } }
            features: { windows: [ { name: vwap_1m }, { name: ret_30s } ] }
            """)
        .datasets(
            "made: { type: csv, path: ticks.csv, provider: p, symbol: SPY,"
                + " columns: { src_ts: { path: time, unit: ms }, price: price, size: size } }");
  }
}
