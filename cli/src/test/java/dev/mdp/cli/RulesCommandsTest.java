package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RULES =
      """
      - { name: up, condition: "crosses_above(price, vwap)", signal: buy, score: 0.5, cooldown: 10s }
      - { name: hot, condition: "rsi > 70", signal: sell, symbols: [SPY, QQQ] }
      - { name: begins, condition: "price > 100", signal: 2, edge: true }
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeTheConfiguredRules() throws IOException {
    Files.createDirectories(folder.resolve("configs"));
    write("configs/rules.yaml", RULES);
  }

  @Test
  void checkPrintsWhatTheRulesAre() throws IOException {
    Run run = run("rules", "check", "--output", "json");
    JsonNode first = JSON.readTree(run.out()).get("data").get(0);
    JsonNode second = JSON.readTree(run.out()).get("data").get(1);

    assertThat(run.code()).isZero();
    assertThat(JSON.readTree(run.out()).get("schema").asText()).isEqualTo("mdp.rules.check/v1");
    assertThat(first.get("name").asText()).isEqualTo("up");
    assertThat(first.get("condition").asText()).isEqualTo("crosses_above(price, vwap)");
    assertThat(first.get("value").asDouble()).isEqualTo(1);
    assertThat(first.get("score").asDouble()).isEqualTo(0.5);
    assertThat(first.get("symbols")).isEmpty();
    assertThat(first.get("edge").asBoolean()).isFalse();
    assertThat(first.get("cooldown").asText()).isEqualTo("10s");
    assertThat(first.get("features").toString()).isEqualTo("[\"vwap_1m\"]");
    assertThat(second.get("score").isNull()).isTrue();
    assertThat(second.get("symbols").toString()).isEqualTo("[\"SPY\",\"QQQ\"]");
    assertThat(run.err())
        .contains("note: the rules name a rsi and none is configured: rsi_14 is added")
        .contains("3 rules in ")
        .contains("evaluated every 2s");
  }

  @Test
  void checkTellsEveryProblemOfTheFileAndOfTheConditions() throws IOException {
    write(
        "bad.yaml",
        """
        rules:
          - { name: a, condition: "momentun > 0", signal: buy }
          - { name: a, condition: "price > 1", signal: buy }
          - { name: b, condition: "price > 'x'", signal: buy }
          - { name: c, condition: "price > ", signal: buy, colldown: 1s }
        """);

    Run run = run("rules", "check", "bad.yaml");

    assertThat(run.code()).isEqualTo(65);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("bad.yaml:2:28: rule 'a': unknown name 'momentun' — did you mean 'momentum'?")
        .contains("bad.yaml:3:13: rules[1].name: 'a' is used twice (first in line 2)")
        .contains("bad.yaml:4:36: rule 'b': a string cannot be compared with a number")
        .containsPattern("bad\\.yaml:5:\\d+: rule 'c': ")
        .contains("bad.yaml:5:52: unknown key 'colldown' — did you mean 'cooldown'?");
  }

  @Test
  void checkTellsWrongConfigurationsFromWrongRules() {
    assertThat(run("rules", "check", "--set", "inference.every=soon").code()).isEqualTo(78);
    Run tooShort = run("rules", "check", "--set", "inference.every=4m");
    assertThat(tooShort.code()).isEqualTo(78);
    assertThat(tooShort.err()).contains("features.windows: vol_5m: ");
    assertThat(run("rules", "check", "nope.yaml").code()).isEqualTo(65);
  }

  @Test
  void evalGoesThroughTheEvaluationsInTheirOrder() {
    Run run =
        run(
            "rules",
            "eval",
            "-o",
            "csv",
            "--features",
            "price=99,vwap=100",
            "--features",
            "price=101, vwap_1m=100, rsi=71",
            "--features",
            "price=undefined");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            evaluation,name,outcome,fires,value,score
            1,up,false,false,1.0,0.5
            1,hot,undefined,false,-1.0,
            1,begins,false,false,2.0,
            2,up,true,true,1.0,0.5
            2,hot,true,true,-1.0,
            2,begins,true,true,2.0,
            3,up,false,false,1.0,0.5
            3,hot,undefined,false,-1.0,
            3,begins,undefined,false,2.0,
            """);
  }

  @Test
  void evalOfASymbolAsksOnlyTheRulesThatConcernIt() {
    Run spy = run("rules", "eval", "--symbol", "spy", "--features", "rsi=71");
    Run other = run("rules", "eval", "--symbol", "AAPL", "--features", "rsi=71");

    assertThat(spy.out()).containsPattern("1  hot +true +yes");
    assertThat(other.out()).containsPattern("1  hot +other symbols  no");
  }

  @Test
  void evalRefusesWhatNoRuleAndNoFeatureKnows() {
    Run misspelt = run("rules", "eval", "--features", "prize=1");

    assertThat(misspelt.code()).isEqualTo(2);
    assertThat(misspelt.out()).isEmpty();
    assertThat(misspelt.err())
        .contains("--features: no rule and no feature knows 'prize' — did you mean 'price'?");
    assertThat(run("rules", "eval", "--features", "momentum=1").err()).contains("(known: price, ");
    assertThat(run("rules", "eval", "--features", "price=x").err())
        .contains("price: want a finite number or undefined, was 'x'");
    assertThat(run("rules", "eval", "--features", "price=1e999").code()).isEqualTo(2);
    assertThat(run("rules", "eval", "--features", "price").err()).contains("want name=number");
    assertThat(run("rules", "eval", "--features", "rsi=1,rsi_14=2").err())
        .contains("'rsi_14' is given twice");
    assertThat(run("rules", "eval", "--features", "rsi=1", "--symbol", "S;Y").code()).isEqualTo(2);
    assertThat(run("rules", "eval").code()).isEqualTo(2);
  }

  @Test
  void evalNamesTheFeaturesAPlainNameCouldBe() throws IOException {
    write("r.yaml", "- { name: a, condition: \"vwap_1m > vwap_5m\", signal: buy }\n");
    write("c.yaml", "features: { windows: [ { name: vwap_1m }, { name: vwap_5m } ] }\n");

    Run run = run("rules", "eval", "r.yaml", "-c", "c.yaml", "--features", "vwap=1");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("'vwap' could be vwap_1m or vwap_5m: name one of them");
  }

  @Test
  void theShippedTestOfTheShippedRulesPasses() {
    Run run = Run.in(Project.root(), Map.of(), "rules", "test", "configs/rules-test.yaml");

    assertThat(run.err()).isEqualTo("3 passed, 0 failed\n");
    assertThat(run.out().lines()).hasSize(3).allMatch(line -> line.startsWith("PASS  "));
    assertThat(run.code()).isZero();
  }

  @Test
  void aFailedCaseTellsWhatIsMissingUnexpectedAndWrong() throws IOException {
    write(
        "t.yaml",
        """
        cases:
          - name: three ways to fail
            ticks:
              - { ts: 2025-10-24T14:00:00Z, symbol: SPY, price: 99, size: 1 }
              - { ts: 2025-10-24T14:00:02Z, symbol: SPY, price: 101, size: 1 }
            expect:
              - { ts: 2025-10-24T14:00:04Z, name: begins, value: 1, score: 1 }
              - { ts: 2025-10-24T14:00:06Z, name: hot }
          - name: fine
            ticks: [ { ts: 2025-10-24T14:00:00Z, symbol: SPY, price: 99 } ]
            expect: []
        """);

    Run run = run("rules", "test", "t.yaml");
    JsonNode data = JSON.readTree(run("rules", "test", "t.yaml", "-o", "json").out()).get("data");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("1 passed, 1 failed\n");
    assertThat(run.out())
        .contains("t.yaml:2  three ways to fail\n")
        .contains("      unexpected  2025-10-24T14:00:04Z SPY up value 1.0 score 0.5\n")
        .contains("      wrong       2025-10-24T14:00:04Z SPY begins value: want 1.0, was 2.0   (")
        .contains("      wrong       2025-10-24T14:00:04Z SPY begins score: want 1.0, was none   (")
        .contains("      missing     2025-10-24T14:00:06Z SPY hot   (")
        .containsPattern("PASS  .*t\\.yaml:9  fine\n");
    assertThat(data.get(0).get("result").asText()).isEqualTo("FAIL");
    assertThat(data.get(0).get("differences")).hasSize(4);
    assertThat(data.get(0).get("differences").get(0).get("kind").asText()).isEqualTo("unexpected");
    assertThat(data.get(1).get("result").asText()).isEqualTo("PASS");
  }

  @Test
  void aTestMayNameItsRulesItsWindowsAndItsFeatures() throws IOException {
    Files.createDirectories(folder.resolve("tests"));
    write(
        "tests/r.yaml",
        "- { name: dear, condition: \"mom_1 > 0.5 and vwap_2s > 1\", signal: buy }\n");
    write(
        "tests/t.yaml",
        """
        rules: r.yaml
        every: 1s
        features: [ { name: mom_1 }, { name: vwap_2s } ]
        cases:
          - name: of two symbols
            bars:
              - { ts: 2025-10-24T14:00:00Z, symbol: SPY, c: 10, v: 1 }
              - { ts: 2025-10-24T14:00:01Z, symbol: SPY, c: 20, v: 1 }
              - { ts: 2025-10-24T14:00:00Z, symbol: QQQ, c: 10, v: 1 }
              - { ts: 2025-10-24T14:00:01Z, symbol: QQQ, c: 11, v: 1 }
            expect:
              - { ts: 2025-10-24T14:00:02Z, symbol: SPY, name: dear, value: 1 }
        """);

    Run run = run("rules", "test", "tests/t.yaml");

    assertThat(run.err()).isEqualTo("1 passed, 0 failed\n");
    assertThat(run.code()).isZero();
  }

  @Test
  void badFilesAreToldTogetherAndNothingRuns() throws IOException {
    write(
        "a.yaml",
        """
        cases:
          - name: one
            ticks: [ { ts: soon, symbol: SPY, price: 1 } ]
            expct: []
        """);
    write(
        "b.yaml",
        """
        cases:
          - name: one
            ticks: [ { ts: 2025-10-24T14:00:00Z, symbol: SPY, price: 1 } ]
            expect: [ { ts: 2025-10-24T14:00:02Z, name: beginns } ]
        """);

    Run run = run("rules", "test", "a.yaml", "b.yaml", "nope.yaml");

    assertThat(run.code()).isEqualTo(65);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("a.yaml:3:20: cases[0].ticks[0].ts: not an RFC 3339 time with offset: 'soon'")
        .contains("a.yaml:4:5: unknown key 'expct' — did you mean 'expect'?")
        .contains("b.yaml:4: no rule is named 'beginns' — did you mean 'begins'?")
        .contains("nope.yaml: no such file")
        .contains("Nothing was started.");
  }

  private Run run(String... args) {
    return Run.in(folder, Map.of(), args);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
