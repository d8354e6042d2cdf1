package dev.mdp.config.read;

import dev.mdp.core.error.Suggestions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What flags and the environment say about paths, and which of it was never asked for.
final class Overrides {
  private static final String PREFIX = "MDP_";
  private static final Pattern PATH = Pattern.compile("[a-z_]+(?:\\.[a-z_]+)+");

  private final Map<String, String> flags = new LinkedHashMap<>();
  private final Variables variables;
  private final Map<String, String> values;
  private final Set<String> asked = new TreeSet<>();
  private final Set<String> askedVariables = new TreeSet<>();

  Overrides(List<String> sets, Variables variables, ConfigProblems problems) {
    this.variables = variables;
    this.values = variables.values();
    for (String set : sets) {
      int equals = set.indexOf('=');
      if (equals <= 0) {
        boolean path = PATH.matcher(set).matches();
        problems.add(
            path ? placeOfFlag(set) : Place.of("--set"),
            "want path=value, e.g. --set micro_batch.window_ms=1000");
      } else {
        flags.put(set.substring(0, equals).strip(), set.substring(equals + 1));
      }
    }
  }

  /// The flag's or the environment's value of this path.
  Optional<Given> find(String path) {
    asked.add(path);
    String variable = variable(path);
    askedVariables.add(variable);
    String flag = flags.get(path);
    if (flag != null) {
      return Optional.of(given(flag, placeOfFlag(path), new Origin(Origin.Kind.FLAG, "--set")));
    }
    return fromVariable(variable);
  }

  Optional<Given> fromVariable(String variable) {
    String value = values.get(variable);
    return value == null || value.isEmpty()
        ? Optional.empty()
        : Optional.of(
            given(
                value,
                Place.of("environment " + variable),
                new Origin(Origin.Kind.ENVIRONMENT, variables.describe(variable))));
  }

  /// The next parts of all flags' paths under this one: names the file need not have.
  Collection<String> namesUnder(String path, boolean wholeRest) {
    Set<String> names = new LinkedHashSet<>();
    for (String flag : flags.keySet()) {
      if (flag.startsWith(path + ".")) {
        String rest = flag.substring(path.length() + 1);
        int dot = rest.indexOf('.');
        names.add(wholeRest || dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    return names;
  }

  /// Reports flags that name no key, and variables of a section's name that name no key.
  void reportUnused(Collection<String> sections, ConfigProblems problems) {
    for (String path : flags.keySet()) {
      if (!asked.contains(path)) {
        problems.add(placeOfFlag(path), path, "", "unknown key" + Suggestions.phrase(path, asked));
      }
    }
    for (String variable : new TreeSet<>(values.keySet())) {
      boolean ours = sections.stream().anyMatch(name -> variable.startsWith(variable(name) + "_"));
      if (ours && !askedVariables.contains(variable)) {
        problems.add(
            Place.of("environment " + variable),
            "names no key" + Suggestions.phrase(variable, askedVariables));
      }
    }
  }

  /// What does not look like a path is not repeated: it may be part of a secret.
  static Place placeOfFlag(String path) {
    return Place.of(Redaction.isName(path) ? "--set " + path : "--set");
  }

  static String variable(String path) {
    return PREFIX + path.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
  }

  private static Given given(String text, Place place, Origin origin) {
    return new Given(text, place, origin, null);
  }
}
