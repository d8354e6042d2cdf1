package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each worker does all its work as a login role that has exactly the grants of its row in the
/// guide, and none of a role of ours.
class WorkerGrantsIT {
  private static final List<String> VERBS = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

  private final Scenario scenario = Scenario.migrated();
  private final List<String> logins = new ArrayList<>();
  private final Instant first = Instant.now().minusSeconds(90);

  @BeforeEach
  void configure() {
    scenario.write(
        "configs/rules.yaml",
        "version: 1\nrules:\n  - { name: each, condition: \"price > 0\", signal: 1, score: 0.5 }\n");
    scenario.write(
        "made.csv", "time,price\n1761314400000,425\n1761314401000,425.5\n1761314409000,426\n");
    scenario.sections(
        """
        inference: { adapters: { rules: { enabled: true, file: configs/rules.yaml } } }
        producers: { synthetic: { enabled: true, symbols: [SPY], tick_rate: 100 } }
        """);
    scenario.datasets(
        """
        made: { type: csv, path: made.csv, provider: q, symbol: SPY, columns: { src_ts: { path: time, unit: ms }, price: price } }
        stored: { type: ticks, provider: p, symbol: SPY }
        candles: { type: bars, provider: q, symbol: QQQ, interval: 1m }
        """);
  }

  @AfterEach
  void close() {
    String unfinished = "SELECT job_name, status FROM job_runs WHERE status <> 'success'";
    try {
      assertThat(scenario.rows(unfinished)).isEmpty();
    } finally {
      drop();
    }
  }

  private void drop() {
    logins.forEach(login ->
        scenario.execute("DROP OWNED BY %s CASCADE; DROP ROLE %s".formatted(login, login)));
    scenario.close();
  }

  @Test
  void aProducer() {
    produce(login("produce"));
  }

  @Test
  void aTickWorker() {
    ticks(login("ticks"));

    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isEqualTo(300);
  }

  @Test
  void aBarWorker() {
    microBatch(login("micro-batch"));

    assertThat(scenario.count("SELECT count(*) FROM bars_ohlcv WHERE revision > 0")).isEqualTo(1);
  }

  @Test
  void anInferenceWorker() {
    infer(login("infer"));

    assertThat(scenario.count("SELECT count(*) FROM signals")).isPositive();
    assertThat(scenario.count("SELECT count(*) FROM inference_state")).isPositive();
  }

  @Test
  void aReplay() {
    replay(login("replay"));
  }

  @Test
  void aGrantThatIsMissingIsNamed() {
    String login = login("ticks");
    scenario.execute("REVOKE INSERT ON tick_data FROM " + login);
    LiveTicks.send(scenario, "p", "SPY", first, 3);

    assertThat(as(login, "stream ticks --for 2s").err())
        .contains("permission denied for table tick_data", login);
    scenario.execute("UPDATE job_runs SET status = 'success'");
  }

  private void produce(String login) {
    as(login, "stream produce --provider synthetic --limit 20").requireCode(0);
  }

  private void ticks(String login) {
    LiveTicks.send(scenario, "p", "SPY", first, 300);
    as(login, "stream ticks --until-idle 500ms").requireCode(0);
    scenario.xadd(LiveTicks.tick("p", "SPY", first, 0, 7)); // another tick of the same identity
    as(login, "stream ticks --until-idle 500ms").requireCode(0);
  }

  private void microBatch(String login) {
    LiveTicks.send(scenario, "p", "SPY", first, 300);
    as(login, "stream micro-batch --window 2s --until-idle 500ms").requireCode(0);
    scenario.xadd(LiveTicks.tick("p", "SPY", first.plus(Duration.ofMillis(25_050)), 500, 99));
    as(login, "stream micro-batch --window 2s --until-idle 500ms").requireCode(0);
  }

  private void infer(String login) {
    LiveTicks.send(scenario, "p", "SPY", first, 300);
    as(login, "stream infer --adapter rules --until-idle 500ms").requireCode(0);
    as(login, "stream infer --adapter rules --until-idle 500ms").requireCode(0);
  }

  private void replay(String login) {
    LiveTicks.send(scenario, "p", "SPY", first, 30);
    scenario.mdp("stream", "ticks", "--until-idle", "500ms").requireCode(0);
    as(login, "stream replay --dataset made --speed max").requireCode(0);
    as(login, "stream replay --dataset stored --from 1h --speed max").requireCode(0);
    scenario.execute(
        "INSERT INTO bars_ohlcv (provider, symbol, interval, ts, open, high, low, close, volume)"
            + " VALUES ('q', 'QQQ', '1m', '2025-10-24 14:00Z', 1, 1, 1, 1, 1)");
    as(login, "stream replay --dataset candles --speed max").requireCode(0);
  }

  private Outcome as(String login, String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.add("--set");
    words.add("store.url=" + TestServers.url(scenario.database()).replace("mdp@", login + "@"));
    return scenario.mdp(words.toArray(String[]::new));
  }

  private String login(String worker) {
    String login = worker.replace("-", "_") + "_of_" + scenario.database();
    scenario.execute("CREATE ROLE %s LOGIN".formatted(login));
    logins.add(login);
    List<String> cells = row(worker);
    for (int i = 0; i < VERBS.size(); i++) {
      String tables = cells.get(i).replace("`", "").strip().replaceAll("\\s+", ", ");
      if (!tables.isEmpty()) {
        scenario.execute("GRANT %s ON %s TO %s".formatted(VERBS.get(i), tables, login));
      }
    }
    scenario.execute(
        "GRANT USAGE ON SCHEMA public TO %1$s; GRANT USAGE ON SEQUENCE job_runs_id_seq TO %1$s"
            .formatted(login));
    return login;
  }

  /// The cells of the worker's row in the table of grants.
  private static List<String> row(String worker) {
    try {
      return Files.readAllLines(Path.of("../dist/docs/operating.md")).stream()
          .filter(line -> line.startsWith("| `" + worker + "` |") && line.contains("job_runs"))
          .map(line -> List.of(line.split("\\|", -1)).subList(2, 6))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
