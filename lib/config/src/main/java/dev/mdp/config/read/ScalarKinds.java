package dev.mdp.config.read;

import dev.mdp.core.event.Micros;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

  /// A time with an offset, or the start of a day in UTC. Throws `IllegalArgumentException`.
  static Instant time(String text) {
    Instant time;
    try {
      time =
          text.length() == "2025-10-24".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "want a time such as 2025-10-24T14:00:00Z or 2025-10-24, was " + text, e);
    }
    if (time.isBefore(Micros.instant(Micros.MIN)) || time.isAfter(Micros.instant(Micros.MAX))) {
      throw new IllegalArgumentException("want a time between 1900 and 2200, was " + text);
    }
    return time;
  }

  /// Hours and minutes, and seconds where there are some. Throws `IllegalArgumentException`.
  static LocalTime timeOfDay(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "want a time of day from 00:00 to 23:59 such as 09:30, was '" + text + "'", e);
    }
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
