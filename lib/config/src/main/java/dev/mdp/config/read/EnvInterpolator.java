package dev.mdp.config.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Expands `${VAR}`, `${VAR:-default}`, `${VAR:?message}` and `$$` in one scalar, after parsing, so
/// that a value can never inject structure.
public final class EnvInterpolator {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Map<String, String> environment;

  public EnvInterpolator(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// @param text the expanded text; meaningless when variables are missing
  /// @param used variables whose value is in the text
  /// @param defaulted whether a variable's default is in the text
  /// @param missing a sentence for every variable that has neither value nor default
  public record Expansion(String text, List<String> used, boolean defaulted, List<String> missing) {
    public boolean changed() {
      return !used.isEmpty() || defaulted || !missing.isEmpty();
    }
  }

  /// Throws `IllegalArgumentException` when the syntax is wrong.
  public Expansion expand(String text) {
    StringBuilder out = new StringBuilder();
    List<String> used = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    boolean defaulted = false;
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$$", at)) {
        out.append('$');
        at += 2;
      } else if (text.startsWith("${", at)) {
        Reference reference = Reference.parse(text, at);
        String value = environment.get(reference.name);
        if (value != null && !(value.isEmpty() && reference.operator != Operator.PLAIN)) {
          out.append(value);
          used.add(reference.name);
        } else if (reference.operator == Operator.DEFAULT) {
          out.append(reference.argument);
          defaulted = true;
        } else {
          missing.add(reference.complaint());
        }
        at = reference.end;
      } else {
        out.append(text.charAt(at++));
      }
    }
    return new Expansion(out.toString(), List.copyOf(used), defaulted, List.copyOf(missing));
  }

  private enum Operator {
    PLAIN,
    DEFAULT,
    REQUIRED
  }

  private record Reference(String name, Operator operator, String argument, int end) {
    static Reference parse(String text, int start) {
      int close = text.indexOf('}', start);
      if (close < 0) {
        throw new IllegalArgumentException("'${' without '}' (write $$ for a dollar sign)");
      }
      String inside = text.substring(start + 2, close);
      if (inside.contains("${")) {
        throw new IllegalArgumentException("a variable inside a variable is not supported");
      }
      int colon = inside.indexOf(':');
      String name = colon < 0 ? inside : inside.substring(0, colon);
      String rest = colon < 0 ? "" : inside.substring(colon);
      Operator operator =
          rest.isEmpty()
              ? Operator.PLAIN
              : rest.startsWith(":-")
                  ? Operator.DEFAULT
                  : rest.startsWith(":?") ? Operator.REQUIRED : null;
      if (operator == null || !NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            // not repeated: it may be part of a secret
            "not a variable: want ${NAME}, ${NAME:-default} or ${NAME:?message}; $$ is a dollar sign");
      }
      return new Reference(name, operator, rest.isEmpty() ? "" : rest.substring(2), close + 1);
    }

    String complaint() {
      return argument.isEmpty()
          ? "variable " + name + " is not set (or write ${" + name + ":-default})"
          : "variable " + name + " is not set: " + argument;
    }
  }
}
