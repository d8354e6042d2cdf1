package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mdp.testkit.onnx.Models;
import dev.mdp.testkit.onnx.OnnxGraph;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Models, and rules that change or are wrong, as an operator meets them.
class InferIT {
  private static final Instant FIRST = Instant.parse("2025-10-24T14:00:00Z");
  private static final int SECONDS = 90;

  private static final String EACH =
      "version: 1\nrules:\n  - { name: each, condition: \"price > 0\", signal: 1, score: 0.5 }\n";

  private final Scenario scenario = Scenario.migrated();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void aModelScoresWhatTheTicksSay() {
    Path model = Models.logistic(true).write(scenario.folder());
    configure(
        "{ model_path: %s, inputs: [vwap_1m, ret_30s], deadline_ms: 10000 }".formatted(model));
    replay();

    infer("--adapter", "sklearn").requireCode(0);

    List<String> rows =
        scenario.rows(
            "SELECT extract(epoch FROM ts - '%s'::timestamptz)::int, value, score FROM signals WHERE name = 'model' ORDER BY ts"
                .formatted(FIRST));
    assertThat(rows).hasSize((SECONDS - 30) / 2 + 1);
    for (String row : rows) {
      String[] columns = row.split("\\|");
      int end = Integer.parseInt(columns[0]);
      double up = Models.logistic(vwap(end), price(end - 1) / price(end - 30) - 1);
      assertThat(Double.parseDouble(columns[1])).as(row).isEqualTo(up > 0.5 ? 1 : -1);
      assertThat(Double.parseDouble(columns[2]))
          .as(row)
          .isCloseTo(Math.max(up, 1 - up), within(1e-5));
    }
    assertThat(scenario.count("SELECT count(*) FROM signals WHERE name <> 'model'")).isZero();
    assertThat(Signals.published(scenario)).isEqualTo(Signals.stored(scenario));
  }

  @Test
  void aModelThatTakesForEverLeavesItToTheRulesAndSaysSo() {
    Path model = Models.endless().write(scenario.folder());
    configure("{ model_path: %s, deadline_ms: 50 }".formatted(model));
    replay();

    infer("--adapter", "onnx").requireCode(0);

    assertThat(scenario.count("SELECT count(*) FROM signals WHERE name = 'each'"))
        .isGreaterThan(10);
    assertThat(
            new TreeSet<>(
                scenario.rows("SELECT metadata ->> 'fallback' FROM signals WHERE name = 'each'")))
        .contains("timeout")
        .isSubsetOf(new TreeSet<>(List.of("timeout", "open")));
  }

  @Test
  void aModelThatGivesNoNumberLeavesItToTheRules() {
    Path model = Models.logarithm(OnnxGraph.FLOAT).write(scenario.folder());
    configure("{ model_path: %s }".formatted(model));
    replay();

    infer("--adapter", "onnx").requireCode(0);

    assertThat(
            scenario.rows(
                "SELECT DISTINCT metadata ->> 'fallback' FROM signals WHERE name = 'each' ORDER BY 1"))
        .isNotEmpty()
        .doesNotContain("null");
  }

  @Test
  void modelsThatCannotBeUsedAreRefusedAndNothingStarts() {
    Path two = Models.logistic(false).write(scenario.folder());
    scenario.write("model.pkl", "pickled");
    scenario.write("cut.onnx", "no model");

    configure("{ enabled: false }");
    refused(78, "inference.adapters.onnx.model_path: must name the model's file");
    configure("{ model_path: model.pkl }");
    refused(65, "model.pkl: a pickle is code", "skl2onnx.to_onnx(joblib.load(");
    configure("{ model_path: cut.onnx }");
    refused(65, "cut.onnx: not an ONNX model");
    configure("{ model_path: gone.onnx }");
    refused(65, "gone.onnx: no such file");
    configure("{ model_path: %s, inputs: [vwap_1m] }".formatted(two));
    refused(78, "its input 'X' has 2 columns, inputs names 1");
    configure(
        "{ model_path: %s, inputs: [vwap_1m, ret_30s], model_sha256: \"%s\" }"
            .formatted(two, "0".repeat(64)));
    refused(65, "its SHA-256 is ", "model_sha256 says 0000");
  }

  @Test
  void rulesAndFeaturesThatCannotBeUsedAreRefusedAndNothingStarts() {
    configure("{ enabled: false }");
    scenario.write(
        "rules.yaml",
        """
        version: 1
        rules:
          - { name: a, condition: "momentun > 0", signal: buy }
          - { name: a, condition: "price > 1", signal: buy }
          - { name: b, condition: "price > 'x'", signal: buy }
        """);
    Outcome outcome = scenario.mdp(command()).requireCode(65);
    assertThat(outcome.err())
        .contains("rules.yaml:3:28: rule 'a': unknown name 'momentun' — did you mean 'momentum'?")
        .contains("'a' is used twice (first in line 3)")
        .contains("a string cannot be compared with a number");

    scenario
        .sections("features: { windows: [ { name: vwap_-1m }, { name: foo_1m } ] }")
        .datasets("");
    assertThat(scenario.mdp(command()).requireCode(78).err()).contains("vwap_-1m", "foo_1m");

    scenario.sections("inference: { adapters: { rules: { file: none.yaml } } }").datasets("");
    assertThat(scenario.mdp(command()).requireCode(65).err()).contains("none.yaml: no such file");
    assertThat(scenario.count("SELECT count(*) FROM job_runs")).isZero();
  }

  @Test
  void otherRulesComeWithSighupAndTheOldStayWhenTheyDoNotLoad() throws Exception {
    configure("{ enabled: false }");
    Child infer = scenario.childHearingHup("stream", "infer");
    send(0);
    scenario.await("SELECT count(*) > 0 FROM signals WHERE name = 'each'", "t");

    scenario.write("rules.yaml", EACH.replace("name: each", "name: second"));
    infer.signal("HUP");
    infer.awaitErr("1 rules read again");
    for (int second = 20;
        scenario.count("SELECT count(*) FROM signals WHERE name = 'second'") == 0; ) {
      second += 20; // what came into a read that had begun is still the old rules'
      assertThat(second).isLessThan(400);
      send(second);
      TimeUnit.MILLISECONDS.sleep(500);
    }
    long before = scenario.count("SELECT count(*) FROM signals WHERE name = 'each'");

    scenario.write("rules.yaml", EACH.replace("price", "prize"));
    infer.signal("HUP");
    infer.awaitErr("the rules stay as they are: ").awaitErr("did you mean 'price'?");
    long second = scenario.count("SELECT count(*) FROM signals WHERE name = 'second'");
    send(500);
    scenario.await(
        "SELECT count(*) > %d FROM signals WHERE name = 'second'".formatted(second), "t");

    infer.terminate().requireCode(0);
    assertThat(scenario.count("SELECT count(*) FROM signals WHERE name = 'each'"))
        .isEqualTo(before);
    assertThat(Signals.published(scenario)).isEqualTo(Signals.stored(scenario));
  }

  private void configure(String model) {
    StringBuilder ticks = new StringBuilder("time,price,size\n");
    for (int second = 0; second < SECONDS; second++) {
      ticks.append(FIRST.toEpochMilli() + second * 1_000L).append(',').append(price(second));
      ticks.append(",1\n");
    }
    scenario.write("ticks.csv", ticks.toString());
    scenario.write("rules.yaml", EACH);
    scenario
        .sections(
            """
            inference: { every: 2s, adapters: { rules: { file: rules.yaml }, onnx: %s } }
            features: { windows: [ { name: vwap_1m }, { name: ret_30s }, { name: rsi_14 } ] }
            """
                .formatted(model))
        .datasets(
            "made: { type: csv, path: ticks.csv, provider: p, symbol: SPY,"
                + " columns: { src_ts: { path: time, unit: ms }, price: price, size: size } }");
  }

  private void replay() {
    scenario.mdp("stream", "replay", "--dataset", "made", "--speed", "max").requireCode(0);
  }

  private Outcome infer(String... more) {
    return scenario.mdp(command(more));
  }

  private void refused(int code, String... texts) {
    Outcome outcome = scenario.mdp(command("--adapter", "onnx")).requireCode(code);
    assertThat(outcome.err()).contains(texts).doesNotContain("\tat ");
    assertThat(scenario.count("SELECT count(*) FROM job_runs")).isZero();
  }

  private static String[] command(String... more) {
    List<String> words =
        new java.util.ArrayList<>(
            List.of("stream", "infer", "--include-replays", "--until-idle", "1s"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /// Ticks of ten seconds, as they come live.
  private void send(int fromSecond) {
    LiveTicks.send(scenario, "p", "SPY", FIRST.plusSeconds(fromSecond), 100);
  }

  private static double price(int second) {
    return 100 + (second * 7 % 11) - second * 0.25;
  }

  private static double vwap(int end) {
    double sum = 0;
    int from = Math.max(0, end - 60);
    for (int second = from; second < end; second++) {
      sum += price(second);
    }
    return sum / (end - from);
  }
}
