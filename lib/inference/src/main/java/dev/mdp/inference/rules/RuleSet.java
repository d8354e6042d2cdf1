package dev.mdp.inference.rules;

import dev.mdp.core.event.Signal;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.core.feature.FeatureSpec;
import dev.mdp.core.rule.RuleSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// Compiled rules. Immutable; what differs from symbol to symbol is a [RuleState].
public final class RuleSet {
  private final List<Rule> rules;
  private final List<FeatureSpec> features;
  private final List<FeatureSpec> added;
  private final List<String> notices;
  private final int[] depths;

  /// @param configured how many of the features were configured; they come first
  RuleSet(
      List<Rule> rules,
      List<FeatureSpec> features,
      int configured,
      List<String> notices,
      int[] depths) {
    this.rules = List.copyOf(rules);
    this.features = List.copyOf(features);
    this.added = this.features.subList(configured, features.size());
    this.notices = List.copyOf(notices);
    this.depths = depths.clone();
  }

  /// Throws one [dev.mdp.core.error.DataException] with every problem of every condition, each at
  /// the place in its file.
  ///
  /// @param configured the features there are, by different names
  public static RuleSet compile(List<RuleSpec> specs, List<FeatureSpec> configured) {
    return new RuleSetCompiler(configured).compile(specs);
  }

  /// The configured features and those that were added, in the order of [Evaluation#features()].
  public List<FeatureSpec> features() {
    return features;
  }

  /// What an operator should know: the features that were added, a sentence each.
  public List<String> notices() {
    return notices;
  }

  /// For the end of a message about the features: those that no configuration has, and so are to be
  /// sought in the rules; empty without one.
  public String addedWords() {
    return added.isEmpty()
        ? ""
        : "; named by the rules and not configured: "
            + String.join(", ", added.stream().map(FeatureSpec::name).toList());
  }

  /// The rules, in the order of their file.
  public List<RuleSpec> rules() {
    return rules.stream().map(Rule::spec).toList();
  }

  /// The features that a rule's condition names, sorted by name.
  public List<FeatureSpec> featuresOf(RuleSpec rule) {
    return rules.stream()
        .filter(each -> each.spec().equals(rule))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no rule of these: " + rule.name()))
        .features()
        .values()
        .stream()
        .sorted(Comparator.comparing(FeatureSpec::name))
        .toList();
  }

  public int size() {
    return rules.size();
  }

  /// The memory for one symbol of one provider and lane.
  public RuleState newState() {
    return new RuleState(rules, depths);
  }

  /// Gives the signals of the rules that fire, in the order of the rules. Evaluations of one state
  /// come in the order of their time. Allocates nothing unless a rule fires.
  ///
  /// @param state made by this rule set, used by one thread at a time
  /// @param out must not throw: what is remembered would be half of an evaluation
  public void evaluate(Evaluation evaluation, RuleState state, Consumer<Signal> out) {
    show(evaluation, state);
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (rule.concerns(evaluation.symbol())
          && state.fires(i, state.judge(i), evaluation.tsMicros())) {
        out.accept(rule.signal(evaluation));
      }
    }
  }

  /// The same, and what became of each rule, in their order.
  public List<RuleOutcome> explain(Evaluation evaluation, RuleState state) {
    show(evaluation, state);
    List<RuleOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      RuleSpec spec = rules.get(i).spec();
      if (rules.get(i).concerns(evaluation.symbol())) {
        int truth = state.judge(i);
        boolean fires = state.fires(i, truth, evaluation.tsMicros());
        outcomes.add(new RuleOutcome(spec, RuleOutcome.Verdict.of(truth), fires));
      } else {
        outcomes.add(new RuleOutcome(spec, RuleOutcome.Verdict.NOT_CONCERNED, false));
      }
    }
    return outcomes;
  }

  private void show(Evaluation evaluation, RuleState state) {
    if (!state.isOf(rules) || evaluation.features().length != features.size()) {
      throw new IllegalArgumentException(
          "an evaluation of %d features, or a state, that is not of these rules (%d features)"
              .formatted(evaluation.features().length, features.size()));
    }
    state.show(evaluation);
  }
}
