package dev.mdp.config.read;

import java.util.Optional;
import java.util.regex.Pattern;

/// Turns a scalar into what YAML takes it for, in the narrow grammar of our files: numbers in
/// decimal, `true` and `false`, text.
final class ScalarKinds {
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?");

  private ScalarKinds() {}

  static Optional<Double> finite(String text) {
    return DECIMAL.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text)).filter(Double::isFinite)
        : Optional.empty();
  }

  /// Throws `IllegalArgumentException` for what YAML takes for anything else.
  static Object value(Given given) {
    Entry.Scalar scalar = given.scalar();
    String text = given.text();
    if (scalar == null || scalar.quoted()) {
      return text;
    }
    if (WHOLE.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    Optional<Double> number = finite(text);
    if (number.isPresent()) {
      return number.get();
    }
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    if (scalar.kind() == Entry.Kind.NUMBER) {
      throw new IllegalArgumentException("want a finite decimal number, was " + text);
    }
    return given.asText();
  }
}
