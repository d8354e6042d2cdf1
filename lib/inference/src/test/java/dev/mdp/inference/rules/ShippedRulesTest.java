package dev.mdp.inference.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.config.RulesFile;
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

  private static Path projectRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("configs/rules.yaml"))) {
      folder = Objects.requireNonNull(folder.getParent(), "no configs/ above");
    }
    return folder;
  }
}
