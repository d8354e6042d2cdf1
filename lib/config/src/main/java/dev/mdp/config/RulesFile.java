package dev.mdp.config;

import dev.mdp.config.read.ConfigReader;
import dev.mdp.config.read.ScalarPlaces;
import dev.mdp.config.read.Section;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.Problems;
import dev.mdp.core.rule.RuleSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A rules file: `version: 1` and `rules:`, or nothing but the list of rules. Values stand as they
/// are: `${…}` means nothing here. Throws one [DataException] with every problem at
/// `file:line:column`; what is wrong inside a condition is found when the rules are compiled.
public final class RulesFile {
  public static final int MAX_RULES = 1_000;

  private static final String RULES = "rules";

  private RulesFile() {}

  public static List<RuleSpec> read(Path file) {
    try {
      return read(file.toString(), TextFile.read(file));
    } catch (IOException e) {
      throw new DataException(file + ": " + TextFile.reason(e), e);
    }
  }

  /// Reads rules and hands them to who understands their conditions, so that all problems of a file
  /// are reported together: rules that can be read are handed over also when others cannot.
  ///
  /// @param understand may throw [DataException]
  public static <T> T read(Path file, Function<List<RuleSpec>, T> understand) {
    try {
      return read(file.toString(), TextFile.read(file), understand);
    } catch (IOException e) {
      throw new DataException(file + ": " + TextFile.reason(e), e);
    }
  }

  /// Reads rules from their text.
  ///
  /// @param source the file's name in messages
  public static List<RuleSpec> read(String source, String text) {
    return read(source, text, rules -> rules);
  }

  private static <T> T read(String source, String text, Function<List<RuleSpec>, T> understand) {
    ConfigReader reader = ConfigReader.literal(source, text, RULES);
    Section root = reader.root();
    root.scalars().integer("version", 1, 1, 1);
    if (!root.isGiven(RULES) && reader.problems().isEmpty()) {
      root.problem(RULES, "is missing: a list of {name, condition, signal, score}");
    }
    List<RuleSpec> rules = rules(root, new ScalarPlaces(source, text));
    Problems problems = new Problems();
    attempt(() -> reader.finish(DataException::new), problems);
    List<T> understood = new ArrayList<>();
    attempt(() -> understood.add(understand.apply(rules)), problems);
    problems.throwIfAny(DataException::new);
    return understood.getFirst();
  }

  private static void attempt(Runnable attempt, Problems problems) {
    try {
      attempt.run();
    } catch (DataException e) {
      problems.add("", String.valueOf(e.getMessage()));
    }
  }

  private static List<RuleSpec> rules(Section root, ScalarPlaces places) {
    List<RuleSpec> rules = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    List<Section> sections = root.list(RULES);
    if (sections.size() > MAX_RULES) {
      root.problem(RULES, "at most " + MAX_RULES + " rules, were " + sections.size());
    }
    for (Section section : sections) {
      Optional<RuleSpec> rule = new RuleReader(section, places).read();
      if (rule.isEmpty()) {
        continue;
      }
      String name = rule.get().name();
      Integer first = lines.putIfAbsent(name, section.line());
      if (first == null) {
        rules.add(rule.get());
      } else {
        section.problem("name", "'" + name + "' is used twice (first in line " + first + ")");
      }
    }
    return List.copyOf(rules);
  }
}
