package dev.mdp.config.read;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads one configuration: the tree of a file, overridden by environment and flags. Collects
/// problems and the origin of every value. Single-threaded, used once.
public final class ConfigReader {
  private final ConfigProblems problems;
  private final Variables variables;
  private final Overrides overrides;
  private final EnvInterpolator interpolator;
  private final SecretFiles secretFiles;
  private final boolean allowMissing;
  private final boolean literal;
  private final Section root;
  private final List<Setting> settings = new ArrayList<>();

  /// @param source the file's name in messages
  /// @param sets `path=value` of flags
  /// @param allowMissing whether a variable that is not set leaves its key at the default instead
  ///   of being a problem
  public ConfigReader(
      String source, String text, List<String> sets, Variables variables, boolean allowMissing) {
    this(source, text, sets, variables, allowMissing, false, Optional.empty());
  }

  private ConfigReader(
      String source,
      String text,
      List<String> sets,
      Variables variables,
      boolean allowMissing,
      boolean literal,
      Optional<String> listKey) {
    this.problems = new ConfigProblems(text);
    this.variables = variables;
    this.overrides = new Overrides(sets, variables, problems);
    this.interpolator = new EnvInterpolator(variables.values());
    this.secretFiles = new SecretFiles(variables.environment());
    this.allowMissing = allowMissing;
    this.literal = literal;
    this.root = new Section(this, "", YamlTree.parse(source, text, listKey, problems));
  }

  /// Reads a file whose values are taken as they stand: no variables, no flags, no secret files.
  public static ConfigReader literal(String source, String text) {
    return literal(source, text, Optional.empty());
  }

  /// The same of a file that may be nothing but a list.
  ///
  /// @param listKey the key whose value that list is
  public static ConfigReader literal(String source, String text, String listKey) {
    return literal(source, text, Optional.of(listKey));
  }

  private static ConfigReader literal(String source, String text, Optional<String> listKey) {
    return new ConfigReader(source, text, List.of(), Variables.of(Map.of()), false, true, listKey);
  }

  public Section root() {
    return root;
  }

  public ConfigProblems problems() {
    return problems;
  }

  /// Every effective value, in the order of reading.
  public List<Setting> settings() {
    return List.copyOf(settings);
  }

  /// Reports what no one asked for, then throws when there was any problem.
  public void finish() {
    finish(ConfigException::new);
  }

  /// The same with another category of error.
  public void finish(Function<String, ? extends MdpException> error) {
    root.reportUnknown();
    overrides.reportUnused(root.known(), problems);
    problems.throwIfAny(error);
  }

  /// Whether values are taken as they stand.
  boolean isLiteral() {
    return literal;
  }

  Overrides overrides() {
    return overrides;
  }

  boolean allowsMissing() {
    return allowMissing;
  }

  SecretFiles secretFiles() {
    return secretFiles;
  }

  void record(String path, Object value, Origin origin) {
    settings.add(new Setting(path, value, origin));
  }

  /// Expands a scalar of the file; empty after a problem, or when a variable is missing and may be.
  Expanded expand(String path, Entry.Scalar scalar) {
    if (literal) {
      Origin origin = new Origin(Origin.Kind.FILE, scalar.place().toString());
      Given given = new Given(scalar.text(), scalar.place(), origin, scalar);
      return new Expanded(Optional.of(given), false);
    }
    EnvInterpolator.Expansion expansion;
    try {
      expansion = interpolator.expand(scalar.text());
    } catch (IllegalArgumentException e) {
      problems.add(scalar.place(), path, path + ": ", String.valueOf(e.getMessage()));
      return new Expanded(Optional.empty(), true);
    }
    if (!expansion.missing().isEmpty()) {
      if (!allowMissing) {
        problems.add(scalar.place(), path, path + ": ", String.join("; ", expansion.missing()));
      }
      return new Expanded(Optional.empty(), true);
    }
    String detail =
        expansion.used().isEmpty()
            ? scalar.place().toString()
            : scalar.place() + " (" + used(expansion) + ")";
    Origin.Kind kind =
        expansion.defaulted() && expansion.used().isEmpty()
            ? Origin.Kind.FILE_DEFAULT
            : Origin.Kind.FILE;
    return new Expanded(
        Optional.of(
            new Given(
                expansion.text(),
                scalar.place(),
                new Origin(kind, detail),
                expansion.changed() ? null : scalar)),
        false);
  }

  private String used(EnvInterpolator.Expansion expansion) {
    return expansion.used().stream().map(variables::describe).collect(Collectors.joining(", "));
  }

  /// @param excused whether an absent value is explained already: by a problem, or by a variable
  ///   that may be missing
  record Expanded(Optional<Given> given, boolean excused) {}
}
