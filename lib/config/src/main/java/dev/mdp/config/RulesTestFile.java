package dev.mdp.config;

import dev.mdp.config.read.ConfigReader;
import dev.mdp.config.read.Section;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a [RulesTest]. Values stand as they are: `${…}` means nothing here. Throws one
/// [DataException] with every problem at `file:line:column`.
public final class RulesTestFile {
  private static final String CASES = "cases";
  private static final String FEATURES = "features";

  private RulesTestFile() {}

  /// @param every the length of the evaluation windows where the file says nothing of it
  public static RulesTest read(Path file, Interval every) {
    try {
      return read(file.toString(), TextFile.read(file), every);
    } catch (IOException e) {
      throw new DataException(file + ": " + TextFile.reason(e), e);
    }
  }

  /// Reads a test from its text.
  ///
  /// @param source the file's name in messages; what `rules` names is relative to its folder
  public static RulesTest read(String source, String text, Interval every) {
    ConfigReader reader = ConfigReader.literal(source, text, CASES);
    Section root = reader.root();
    root.scalars().integer("version", 1, 1, 1);
    Optional<Path> rules =
        root.scalars().optional("rules", name -> Path.of(source).resolveSibling(name));
    Interval window = root.times().window("every", every);
    Optional<List<FeatureSpec>> features = features(root);
    List<Section> sections = root.list(CASES);
    if (reader.problems().isEmpty() && sections.isEmpty()) {
      root.problem(CASES, "is missing: a list of {name, ticks, expect}");
    }
    List<RuleCase> cases = cases(sections, source, window);
    reader.finish(DataException::new);
    return new RulesTest(source, rules, window, features, cases);
  }

  private static Optional<List<FeatureSpec>> features(Section root) {
    List<Section> sections = root.list(FEATURES);
    return root.isGiven(FEATURES) ? Optional.of(FeaturesConfig.specs(sections)) : Optional.empty();
  }

  private static List<RuleCase> cases(List<Section> sections, String source, Interval every) {
    List<RuleCase> cases = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (Section section : sections) {
      RuleCase read = new RulesTestCase(section, source, every).read();
      Integer first = lines.putIfAbsent(read.name(), section.line());
      if (first != null && !read.name().isEmpty()) {
        section.problem(
            "name", "'" + read.name() + "' is used twice (first in line " + first + ")");
      }
      cases.add(read);
    }
    return cases;
  }
}
