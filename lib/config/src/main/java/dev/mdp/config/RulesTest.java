package dev.mdp.config;

import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A file that says which signals rules give for which ticks.
///
/// @param source its name in messages
/// @param rules the rules that are tested; empty for the configured ones
/// @param every the length of the evaluation windows
/// @param features empty for the configured ones
public record RulesTest(
    String source,
    Optional<Path> rules,
    Interval every,
    Optional<List<FeatureSpec>> features,
    List<RuleCase> cases) {
  public RulesTest {
    features = features.map(List::copyOf);
    cases = List.copyOf(cases);
  }
}
