package dev.mdp.inference.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.config.RulesFile;
import dev.mdp.core.error.DataException;
import dev.mdp.core.rule.RuleSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ShippedRulesTest {
  @Test
  void theShippedRulesAreRules() {
    List<RuleSpec> specs = RulesFile.read(projectRoot().resolve("configs/rules.yaml"));

    RuleSet rules = RuleSet.compile(specs, RuleFixture.FEATURES);

    assertThat(rules.size()).isEqualTo(3);
    assertThat(rules.notices()).hasSize(1);
  }

  @Test
  void aMistakeInsideAConditionIsToldAtItsPlaceInTheFile() {
    List<RuleSpec> specs =
        RulesFile.read(
            "rules.yaml",
            """
            rules:
              - name: folded
                condition: >
                  price > 1 and
                  momentun > 0
                signal: buy
              - { name: quoted, condition: "rsi >= \\x37\\x30 && vwap_2x < 1", signal: sell }
            """);

    assertThatThrownBy(() -> RuleSet.compile(specs, RuleFixture.FEATURES))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            rules.yaml:5:7: rule 'folded': unknown name 'momentun' — did you mean 'momentum'?
              price > 1 and momentun > 0
                            ^
            rules.yaml:7:52: rule 'quoted': unknown name 'vwap_2x' — did you mean 'vwap_1m'?
              rsi >= 70 && vwap_2x < 1
                           ^\
            """);
  }

  private static Path projectRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("configs/rules.yaml"))) {
      folder = Objects.requireNonNull(folder.getParent(), "no configs/ above");
    }
    return folder;
  }
}
