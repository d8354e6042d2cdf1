package dev.mdp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.rule.RuleSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesFileTest {
  @Test
  void everyKeyReachesItsField() {
    List<RuleSpec> rules =
        RulesFile.read(
            "r.yaml",
            """
            version: 1
            rules:
              - name: all
                condition: "rsi > 70"
                signal: SELL
                score: 0.25
                symbols: [spy, "NO"]
                edge: true
                cooldown: 30s
                meta: { why: hot, weight: 2, half: 0.5, sure: false, id: "7" }
            """);

    RuleSpec rule = rules.getFirst();
    assertThat(rule.name()).isEqualTo("all");
    assertThat(rule.condition().text()).isEqualTo("rsi > 70");
    assertThat(rule.value()).isEqualTo(-1);
    assertThat(rule.score()).hasValue(0.25);
    assertThat(rule.symbols()).containsExactly(new Symbol("SPY"), new Symbol("NO"));
    assertThat(rule.edge()).isTrue();
    assertThat(rule.cooldown()).contains(Interval.parse("30s"));
    assertThat(rule.meta())
        .isEqualTo(
            Map.of(
                "why", "hot", "weight", 2L, "half", 0.5, "sure", false, "id", "7", "signal",
                "sell"));
  }

  @Test
  void aBareListIsARulesFileAndWhatIsOptionalMayBeAbsent() {
    List<RuleSpec> rules =
        RulesFile.read("r.yaml", "- {name: a, condition: momentum > 0.01, signal: 2.5}\n");

    assertThat(rules)
        .containsExactly(
            new RuleSpec(
                "a",
                rules.getFirst().condition(),
                2.5,
                OptionalDouble.empty(),
                List.of(),
                false,
                Optional.empty(),
                Map.of()));
    assertThat(rules.getFirst().condition().place(0)).isEqualTo("r.yaml:1:24");
  }

  @ParameterizedTest
  @ValueSource(strings = {"buy:1", "long:1", "sell:-1", "short:-1", "hold:0", "flat:0"})
  void theWordsOfSignalsAreNumbers(String pair) {
    String word = pair.substring(0, pair.indexOf(':'));

    RuleSpec rule =
        RulesFile.read("r.yaml", "- {name: a, condition: x > 1, signal: " + word + "}").getFirst();

    assertThat(rule.value()).isEqualTo(Double.parseDouble(pair.substring(pair.indexOf(':') + 1)));
    assertThat(rule.meta()).isEqualTo(Map.of("signal", word));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- {name: a, condition: x, signal: 1, scor: 2}|1:38|unknown key 'scor' — did you mean 'score'?",
        "- {name: a, name: b, condition: x, signal: 1}|1:13|duplicate key 'name'",
        "- {condition: x, signal: 1}|1:3|rules[0].name: is missing",
        "- {name: a, signal: 1}|1:3|rules[0].condition: is missing",
        "- {name: a, condition: , signal: 1}|1:23|has no value",
        "- {name: a, condition: [x], signal: 1}|1:24|want a single value",
        "- {name: a, condition: !x y, signal: 1}|1:24|YAML takes it for a tag",
        "- {name: a, condition: x}|1:3|rules[0].signal: is missing",
        "- {name: a, condition: x, signal: byu}|1:35|want a number or one of buy, flat, hold, long, sell, short, was 'byu' — did you mean 'buy'?",
        "- {name: a, condition: x, signal: .inf}|1:35|want a finite decimal number, was .inf",
        "- {name: a, condition: x, signal: 1e999}|1:35|1e999",
        "- {name: a, condition: x, signal: no}|1:35|YAML reads no as a boolean",
        "- {name: a, condition: x, signal: true}|1:35|want a number or one of",
        "- {name: a, condition: x, signal: 1, score: .nan}|1:45|want a finite number, was .nan",
        "- {name: a, condition: x, signal: 1, symbols: []}|1:47|must name at least one symbol",
        "- {name: a, condition: x, signal: 1, symbols: [A, a]}|1:47|names a symbol twice",
        "- {name: a, condition: x, signal: 1, edge: yes}|1:44|want true or false, was yes",
        "- {name: a, condition: x, signal: 1, cooldown: 30}|1:48|not an interval: '30'",
        "- {name: a, condition: x, signal: 1, meta: {a: [1]}}|1:48|want a single value",
        "- {name: a, condition: x, signal: 1, meta: {a: yes}}|1:48|YAML reads yes as a boolean",
        "- {name: a, condition: x, signal: 1, meta: {'a b': 1}}|1:52|not a key of meta",
        "- {name: a, condition: x, signal: buy, meta: {signal: 1}}|1:46|where the signal's word 'buy' is kept",
        "- {name: 'a b', condition: x, signal: 1}|1:10|not a rule name: 'a b'",
        "- {name: {file: /etc/hostname}, condition: x, signal: 1}|1:10|want a single value",
        "- x|1:3|want a mapping",
        "rules: 3|1:8|want a list of mappings",
        "ruls: []|1:1|unknown key 'ruls' — did you mean 'rules'?",
        "version: 2|1:10|want a whole number from 1 to 1",
        "x|1:1|want keys and values",
        "a: [|1:|not YAML",
        "- {name: a, condition: !x > 3, signal: 1}|1:27|not YAML",
      })
  void eachMistakeIsNamedAtItsPlace(String yaml, String place, String message) {
    assertThat(problems(yaml)).contains("r.yaml:" + place).contains(message);
  }

  @Test
  void allProblemsAreToldAtOnceAndTwoRulesOfOneNameAreOne() {
    String told =
        problems(
            """
            - { name: a, condition: x, signal: 1 }
            - { name: a, condition: x, signal: nope, score: high }
            """);

    assertThat(told)
        .containsSubsequence(
            "r.yaml:2:11: rules[1].name: 'a' is used twice (first in line 1)",
            "r.yaml:2:36: rules[1].signal: want a number",
            "r.yaml:2:49: rules[1].score: want a finite number, was high");
  }

  @Test
  void variablesMeanNothingInRules() {
    RuleSpec rule =
        RulesFile.read("r.yaml", "- {name: a, condition: '${HOME}', signal: 1, meta: {p: $$5}}")
            .getFirst();

    assertThat(rule.condition().text()).isEqualTo("${HOME}");
    assertThat(rule.meta()).isEqualTo(Map.of("p", "$$5"));
  }

  @Test
  void tooManyRulesAreRefused() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= RulesFile.MAX_RULES; i++) {
      many.append("- {name: r").append(i).append(", condition: x, signal: 1}\n");
    }

    assertThat(problems(many.toString())).contains("at most 1000 rules, were 1001");
  }

  @Test
  void aFileThatIsNotThereIsABadFile() {
    assertThat(
            catchThrowableOfType(DataException.class, () -> RulesFile.read(Path.of("/none.yaml"))))
        .hasMessage("/none.yaml: no such file");
  }

  private static String problems(String yaml) {
    return String.valueOf(
        catchThrowableOfType(DataException.class, () -> RulesFile.read("r.yaml", yaml))
            .getMessage());
  }
}
