package dev.mdp.inference.rules;

import dev.mdp.core.error.DataException;
import dev.mdp.core.error.Problems;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.core.rule.SourceText;
import dev.mdp.inference.rules.condition.Parser;
import dev.mdp.inference.rules.condition.SyntaxException;
import dev.mdp.inference.rules.program.Compiler;
import dev.mdp.inference.rules.program.Rings;
import dev.mdp.inference.rules.program.TruthNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Compiles rules one after the other and collects their problems. Used once.
final class RuleSetCompiler {
  private final Problems problems = new Problems();
  private final Rings rings = new Rings();
  private final List<Rule> rules = new ArrayList<>();
  private final Set<String> ruleNames = new HashSet<>();
  private final FeatureNames names;
  private final int configured;

  RuleSetCompiler(List<FeatureSpec> configured) {
    this.names = new FeatureNames(configured);
    this.configured = configured.size();
  }

  RuleSet compile(List<RuleSpec> specs) {
    specs.forEach(this::add);
    problems.throwIfAny(DataException::new);
    return new RuleSet(rules, names.features(), configured, names.notices(), rings.depths());
  }

  private void add(RuleSpec spec) {
    if (!ruleNames.add(spec.name())) {
      complain(spec, 0, "another rule has the same name");
    }
    Optional<TruthNode> condition = condition(spec);
    Rings.Slice slice = rings.take();
    SortedMap<String, FeatureSpec> used = names.takeUsed();
    if (rings.values() > Rings.MAX_VALUES) {
      complain(
          spec, 0, "the rules up to here look back on more than " + Rings.MAX_VALUES + " values");
    }
    if (condition.isPresent()) {
      long key = RuleKey.of(spec.name(), spec.condition().text(), String.join("\n", used.keySet()));
      SortedMap<Integer, FeatureSpec> places = new TreeMap<>();
      used.values().forEach(feature -> places.put(names.features().indexOf(feature), feature));
      rules.add(Rule.of(spec, condition.get(), slice, key, places));
    }
  }

  private Optional<TruthNode> condition(RuleSpec spec) {
    try {
      return new Compiler(names, rings, (offset, message) -> complain(spec, offset, message))
          .condition(Parser.parse(spec.condition().text()));
    } catch (SyntaxException e) {
      complain(spec, e.offset(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void complain(RuleSpec spec, int offset, String message) {
    SourceText condition = spec.condition();
    problems.add(
        condition.place(offset),
        "rule '" + spec.name() + "': " + message + "\n" + condition.excerpt(offset));
  }
}
