package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `datastore prune`.
class PruneIT {
  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void removesWholeWindowsOfEverySymbolAndOnlyWhenConfirmed() {
    fill();
    String hour = "date_trunc('hour', now() - interval '30 days', 'UTC')";
    String left = "SELECT count(*), min(ts) FROM tick_data WHERE ts >= " + hour;
    String kept = scenario.value(left);
    long old = scenario.count("SELECT count(*) FROM tick_data WHERE ts < " + hour);

    Outcome refused = prune("tick_data", "30d").requireCode(2);
    Outcome dry = prune("tick_data", "30d", "--dry-run", "-o", "json").requireCode(0);
    long afterDryRun = scenario.count("SELECT count(*) FROM tick_data WHERE ts < " + hour);
    Outcome done = prune("tick_data", "30d", "--confirm", "-o", "json").requireCode(0);
    Outcome again = prune("tick_data", "30d", "--confirm").requireCode(0);

    assertThat(old).isGreaterThan(10_000);
    assertThat(refused.err()).contains("remove " + old + " rows of 6 series before", "--confirm");
    assertThat(afterDryRun).isEqualTo(old);
    assertThat(dry.err())
        .contains("would remove " + old, ":00:00Z, a bound of the windows of [1m, 1h]");
    assertThat(done.json().path("data")).isEqualTo(dry.json().path("data")).hasSize(6);
    assertThat(sum(done.json().path("data"), "rows")).isEqualTo(old);
    assertThat(done.err()).contains("removed " + old + " rows: tick_data has nothing before");
    assertThat(scenario.value("SELECT count(*), min(ts) FROM tick_data")).isEqualTo(kept);
    assertThat(again.err()).contains("nothing to remove");
    assertThat(scenario.count("SELECT count(*) FROM bars_ohlcv")).isEqualTo(4);
  }

  @Test
  void theCleanersRoleIsEnoughForEveryTable() {
    fill();
    String role = "cleaner_" + scenario.group("x").replaceAll("[^a-z0-9]", "_");
    scenario.execute("CREATE ROLE " + role + " LOGIN IN ROLE mdp_cleaner");
    String url =
        scenario.value(
            "SELECT 'postgresql://"
                + role
                + "@127.0.0.1:' || current_setting('port') || '/' || current_database()");

    for (String table : List.of("tick_data", "bars_ohlcv", "signals")) {
      prune(table, "30d", "--confirm", "--set", "store.url=" + url).requireCode(0);
    }

    assertThat(scenario.count("SELECT count(*) FROM bars_ohlcv")).isEqualTo(2);
    assertThat(scenario.count("SELECT count(*) FROM signals")).isEqualTo(1);
    assertThat(
            scenario.count("SELECT count(*) FROM tick_data WHERE ts < now() - interval '31 days'"))
        .isZero();
    scenario.execute("DROP ROLE " + role);
  }

  @Test
  void leavesWhatAWorkerMayStillNeed() {
    LiveTicks.send(scenario, "p", "SPY", Instant.now().minusSeconds(90), 600);
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    scenario.mdp("stream", "micro-batch", "--window", "2s", "--until-idle", "800ms").requireCode(0);
    String sealed =
        "(SELECT max((lane #>> '{sealed_through,2s}')::bigint) FROM stream_checkpoints, jsonb_array_elements(lanes) AS lane)";
    long needed =
        scenario.count(
            "SELECT count(*) FROM tick_data WHERE ts >= timestamptz 'epoch' + %s * interval '1 us'"
                .formatted(sealed));

    Outcome outcome = prune("tick_data", "1ms", "--confirm").requireCode(0);

    assertThat(outcome.err()).contains("held back to", "shard 0 needs p from there on");
    assertThat(needed).isBetween(1L, 599L);
    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(needed);
  }

  @Test
  void doesNotMeddleWithARetentionPolicy() {
    fill();
    long before = scenario.count("SELECT count(*) FROM tick_data");
    scenario.execute(
        """
        CREATE SCHEMA timescaledb_information;
        CREATE VIEW timescaledb_information.jobs AS
        SELECT 1001 AS job_id, 'policy_retention' AS proc_name, 'public' AS hypertable_schema,
               'tick_data' AS hypertable_name, '{"drop_after": "30 days"}'::jsonb AS config
        """);

    Outcome refused = prune("tick_data", "1d", "--confirm").requireCode(78);
    prune("bars_ohlcv", "30d", "--confirm").requireCode(0);

    refused.requireOneLine("retention policy of TimescaleDB (job 1001, 30 days)");
    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(before);
  }

  @Test
  void stopsBetweenTransactionsWithNothingMissingBehindIt() {
    fill();
    scenario.execute(
        """
        CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END';
        CREATE TRIGGER slow AFTER DELETE ON tick_data FOR EACH STATEMENT EXECUTE FUNCTION slow();
        CREATE TABLE all_ticks AS SELECT * FROM tick_data
        """);
    Child child =
        scenario.child(
            "datastore", "prune", "--table", "tick_data", "--older-than", "30d", "--confirm");
    scenario.await("SELECT count(*) < (SELECT count(*) FROM all_ticks) FROM tick_data", "t");

    Outcome stopped = child.terminate().requireCode(130);

    assertThat(stopped.err()).contains("stopped after", "tick_data has nothing before");
    assertThat(
            scenario.count(
                "SELECT count(*) FROM all_ticks WHERE ts >= (SELECT min(ts) FROM tick_data)"))
        .isEqualTo(scenario.count("SELECT count(*) FROM tick_data"))
        .isLessThan(scenario.count("SELECT count(*) FROM all_ticks"));
    assertThat(
            scenario.count(
                "SELECT count(*) FROM tick_data WHERE ts < date_trunc('hour', now() - interval '30 days', 'UTC')"))
        .isPositive();
  }

  @Test
  void badWordsAreRefused() {
    prune("job_runs", "30d", "--dry-run").requireCode(2);
    prune("tick_data", "0", "--dry-run").requireCode(2);
    prune("tick_data", "soon", "--dry-run").requireCode(2);
    scenario.mdp("datastore", "prune", "--table", "tick_data").requireCode(2);
  }

  private Outcome prune(String table, String olderThan, String... more) {
    List<String> args =
        new ArrayList<>(List.of("datastore", "prune", "--table", table, "--older-than", olderThan));
    args.addAll(List.of(more));
    return scenario.mdp(args.toArray(String[]::new));
  }

  /// Ticks of six series over the last forty days, two old bars and two young ones, two signals.
  private void fill() {
    scenario.execute(
        """
        INSERT INTO tick_data (provider, symbol, ts, seq, price)
        SELECT (ARRAY['a', 'b'])[1 + i % 2], (ARRAY['SPY', 'QQQ', 'IWM'])[1 + i % 3],
               date_trunc('hour', now(), 'UTC') - i * interval '23 s', i, 100
          FROM generate_series(1, 150000) AS i;
        INSERT INTO bars_ohlcv (provider, symbol, interval, ts, open, high, low, close, volume)
        SELECT 'a', 'SPY', interval, date_trunc('hour', now(), 'UTC') - age, 1, 1, 1, 1, 1
          FROM unnest(ARRAY['1m', '1h']) AS interval, unnest(ARRAY[interval '40 days', '2 days']) AS age;
        INSERT INTO signals (provider, symbol, ts, name, value)
        SELECT 'a', 'SPY', now() - age, 'n', 1 FROM unnest(ARRAY[interval '40 days', '2 days']) AS age
        """);
  }

  private static long sum(JsonNode rows, String column) {
    long sum = 0;
    for (JsonNode row : rows) {
      sum += row.path(column).asLong();
    }
    return sum;
  }
}
