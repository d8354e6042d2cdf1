package dev.mdp.config.read;

import java.util.HashMap;
import java.util.Map;

/// The variables that a configuration may use: those of the environment, and of a file those that
/// the environment does not have.
///
/// @param environment of the process
/// @param more of the file
/// @param source the file
public record Variables(Map<String, String> environment, Map<String, String> more, String source) {
  public Variables {
    environment = Map.copyOf(environment);
    more = Map.copyOf(more);
  }

  public static Variables of(Map<String, String> environment) {
    return new Variables(environment, Map.of(), "");
  }

  public Variables over(Map<String, String> variables, String from) {
    return new Variables(environment, variables, from);
  }

  /// All of them. One that is empty in the environment counts as not set there, as everywhere.
  Map<String, String> values() {
    Map<String, String> all = new HashMap<>(environment);
    more.forEach((name, value) -> {
      if (isFromFile(name)) {
        all.put(name, value);
      }
    });
    return all;
  }

  /// How the origin of a value names the variable.
  String describe(String name) {
    return isFromFile(name) ? name + " of " + source : name;
  }

  private boolean isFromFile(String name) {
    return more.containsKey(name) && environment.getOrDefault(name, "").isEmpty();
  }
}
