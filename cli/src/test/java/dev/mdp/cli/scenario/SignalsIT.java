package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Recorded trades give the same signals, bit for bit, however they come.
class SignalsIT {
  private static final String ALL =
      "SELECT provider, symbol, ts, name, value, score, metadata FROM signals ORDER BY 1, 2, 3, 4";

  private static final String RULES =
      """
      version: 1
      rules:
        - { name: each, condition: "price > 0", signal: 1, score: 0.5 }
        - { name: cheap, condition: "price < vwap && ret_30s < 0", signal: buy, score: 0.7, meta: { side: long } }
        - { name: up, condition: "crosses_above(price, vwap_1m)", signal: buy }
        - { name: rested, condition: "rsi > 55 or momentum > 0.00001", signal: sell, cooldown: 20s }
        - { name: calm, condition: "volatility < 0.5 && kurtosis > -2 && skewness > -2", signal: hold, edge: true }
        - { name: higher, condition: "max(price, prev(price, 5)) == price && volume > 0", signal: 2 }
      """;

  private static final String FEATURES =
      """
      inference: { every: 2s, adapters: { rules: { file: rules.yaml } } }
      features:
        windows:
          - { name: vwap_1m }
          - { name: ret_30s }
          - { name: vol_5m }
          - { name: rsi_14 }
          - { name: mom_10 }
          - { name: skew_5m }
          - { name: kurt_5m }
          - { name: volume_10s }
      """;

  @Test
  void threeWorkersOnRedisOneOfThemKilledAndAHundredfoldSpeed() throws InterruptedException {
    try (Scenario undisturbed = prepared(Scenario.migrated());
        Scenario disturbed = prepared(Scenario.onRedis(3))) {
      List<String> expected = atOnce(undisturbed);

      disturb(disturbed);

      requireSame(disturbed, expected);
    }
  }

  @Test
  void threeWorkersOnKafkaOneOfThemKilledAndAHundredfoldSpeed() throws InterruptedException {
    try (Scenario undisturbed = prepared(Scenario.migrated());
        Scenario disturbed = prepared(Scenario.onKafka(4))) {
      List<String> expected = atOnce(undisturbed);

      disturb(disturbed);

      requireSame(disturbed, expected);
    }
  }

  @Test
  void theSpeedAtWhichItHappened() {
    List<String> range = List.of("--from", "2024-08-09T00:01:00Z", "--to", "2024-08-09T00:01:12Z");
    try (Scenario quick = prepared(Scenario.migrated());
        Scenario slow = prepared(Scenario.migrated())) {
      replay(quick, "max", range).requireCode(0);
      infer(quick, "1s").await(0);

      RunningCommand infer = infer(slow, "4s");
      replay(slow, "1x", range).requireCode(0);
      infer.await(0);

      assertThat(quick.rows(ALL)).hasSizeGreaterThan(5);
      requireSame(slow, quick.rows(ALL));
    }
  }

  private static Scenario prepared(Scenario scenario) {
    scenario.sections(FEATURES);
    scenario.datasets(
        Recorded.btcusdt(SharedData.file("btcusdt/ws_trade_frames.ndjson.gz"))
            + Recorded.xrpeth(SharedData.file("xrpeth/ticks.csv")));
    scenario.write("rules.yaml", RULES);
    return scenario;
  }

  private static List<String> atOnce(Scenario scenario) {
    replay(scenario, "max", List.of()).requireCode(0);
    scenario
        .mdp(
            "stream",
            "replay",
            "--dataset",
            "xrpeth",
            "--from",
            "2019-10-11T00:00:00Z",
            "--to",
            "2019-10-11T06:00:00Z",
            "--speed",
            "max")
        .requireCode(0);
    infer(scenario, "1s").await(0);
    List<String> signals = scenario.rows(ALL);
    assertThat(scenario.rows("SELECT DISTINCT name FROM signals ORDER BY 1"))
        .containsExactly("calm", "cheap", "each", "higher", "rested", "up");
    assertThat(scenario.count("SELECT count(DISTINCT symbol) FROM signals")).isEqualTo(2);
    requireSame(scenario, signals);
    return signals;
  }

  /// The feed runs while a worker is killed and another one comes.
  private static void disturb(Scenario scenario) throws InterruptedException {
    List<Child> workers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      workers.add(scenario.child(command("4s")));
    }
    scenario
        .mdp(
            "stream",
            "replay",
            "--dataset",
            "xrpeth",
            "--from",
            "2019-10-11T00:00:00Z",
            "--to",
            "2019-10-11T06:00:00Z",
            "--speed",
            "max")
        .requireCode(0);
    scenario.await("SELECT count(*) > 20 FROM signals", "t");
    RunningCommand feed =
        scenario.start("stream", "replay", "--dataset", "btcusdt", "--speed", "100x");
    scenario.await("SELECT count(*) > 20 FROM signals WHERE symbol = 'BTCUSDT'", "t");
    String owner =
        scenario.value(
            "SELECT owner FROM stream_checkpoints WHERE consumer_group = '%s' AND position <> '0-0' AND owner IS NOT NULL ORDER BY updated_at DESC LIMIT 1"
                .formatted(scenario.group("inference")));
    List<Child> owners =
        workers.stream().filter(worker -> owner.contains("-" + worker.pid() + "-")).toList();
    assertThat(owners).as(owner).hasSize(1);
    owners.getFirst().kill();
    workers.removeAll(owners);
    Child heir = scenario.child(command("4s"));
    feed.await(0);
    workers.forEach(worker -> worker.awaitEnd().requireCode(0));
    heir.awaitEnd().requireCode(0);
  }

  private static void requireSame(Scenario scenario, List<String> expected) {
    assertThat(scenario.rows(ALL)).isEqualTo(expected);
    assertThat(Signals.published(scenario)).isEqualTo(Signals.stored(scenario));
  }

  private static Outcome replay(Scenario scenario, String speed, List<String> range) {
    List<String> words =
        new ArrayList<>(List.of("stream", "replay", "--dataset", "btcusdt", "--speed", speed));
    words.addAll(range);
    return scenario.mdp(words.toArray(String[]::new));
  }

  private static RunningCommand infer(Scenario scenario, String idle) {
    return scenario.start(command(idle));
  }

  private static String[] command(String idle) {
    return new String[] {"stream", "infer", "--include-replays", "--until-idle", idle};
  }
}
