package dev.mdp.cli.scenario;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Every kind of command on an empty database: what it prints and stores must not depend on the way
/// to that database.
final class DayOfWork {
  private static final Instant FIRST = Instant.parse("2025-10-24T14:00:00Z");
  private static final int SECONDS = 90;

  private DayOfWork() {}

  /// What it leaves and prints; nothing in it depends on when it ran.
  ///
  /// @param sets `path=value` of the configuration
  static List<String> run(Scenario scenario, String... sets) {
    configure(scenario);
    mdp(scenario, sets, "datastore", "migrate").requireCode(0);
    mdp(scenario, sets, "stream", "replay", "--dataset", "made", "--speed", "max").requireCode(0);
    mdp(scenario, sets, "stream", "ticks", "--until-idle", "1s").requireCode(0);
    mdp(scenario, sets, "stream", "micro-batch", "--window", "2s,1m", "--until-idle", "1s")
        .requireCode(0);
    mdp(scenario, sets, "stream", "infer", "--include-replays", "--until-idle", "1s")
        .requireCode(0);
    scenario.execute(
        "UPDATE bars_ohlcv SET high = high + 1 WHERE interval = '1m';"
            + " DELETE FROM bars_ohlcv WHERE interval = '2s' AND ts = '2025-10-24 14:00:10Z'");

    List<String> all = new ArrayList<>();
    all.add(
        mdp(scenario, sets, "ticks", "export", "--from", "2025-10-24", "--to", "2025-10-25")
            .requireCode(0)
            .out());
    all.add(mdp(scenario, sets, "verify", "bars", "-o", "jsonl").requireCode(3).out());
    mdp(scenario, sets, "verify", "bars", "--repair").requireCode(0);
    mdp(scenario, sets, "verify", "bars").requireCode(0);
    all.add(
        mdp(scenario, sets, "bars", "export", "--from", "2025-10-24", "--to", "2025-10-25")
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
    Outcome runs = mdp(scenario, sets, "datastore", "job-runs-list", "-o", "json");
    all.add(Integer.toString(runs.requireCode(0).json().path("data").size()));
    all.add(
        mdp(
                scenario,
                sets,
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

  private static Outcome mdp(Scenario scenario, String[] sets, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    for (String set : sets) {
      all.add("--set");
      all.add(set);
    }
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
