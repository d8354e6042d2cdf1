package dev.mdp.providers.dataset;

import dev.mdp.core.event.Micros;
import java.util.Locale;

/// Reads event time in a dataset's unit, truncated to microseconds towards the past.
final class EventTime {
  private EventTime() {}

  /// Throws [IllegalArgumentException] with a message that holds the value and the remedy.
  static long parse(String text, TimeUnitName unit) {
    if (unit == TimeUnitName.ISO) {
      return parseIso(text);
    }
    long micros;
    try {
      micros = DecimalText.parseScaled(text, unit.microsPower);
    } catch (ArithmeticException e) {
      micros = Long.MAX_VALUE;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          text.indexOf(':') > 0 ? e.getMessage() + " (is the unit iso?)" : e.getMessage(), e);
    }
    if (!Micros.inRange(micros)) {
      throw new IllegalArgumentException(
          "%s %s is no time between 1900 and 2200%s"
              .formatted(Quoted.of(text), word(unit), otherUnit(text)));
    }
    return micros;
  }

  private static long parseIso(String text) {
    boolean spaced = text.length() > 10 && text.charAt(10) == ' ';
    try {
      long micros = Micros.parse(spaced ? text.substring(0, 10) + 'T' + text.substring(11) : text);
      if (Micros.inRange(micros)) {
        return micros;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not an RFC 3339 time with offset: %s (want 2025-10-24T14:02:01.5Z)"
              .formatted(Quoted.of(text)),
          e);
    }
    throw new IllegalArgumentException(Quoted.of(text) + " is not between 1900 and 2200");
  }

  /// The unit that would make it a time of our days.
  private static String otherUnit(String text) {
    for (TimeUnitName unit : TimeUnitName.values()) {
      try {
        long micros = DecimalText.parseScaled(text, unit.microsPower);
        if (unit != TimeUnitName.ISO && micros > 0 && Micros.inRange(micros)) {
          return ", as %s it is %s: set unit: %s"
              .formatted(word(unit), Micros.format(micros), word(unit));
        }
      } catch (ArithmeticException e) {
        // too large in this unit
      }
    }
    return "";
  }

  private static String word(TimeUnitName unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }
}
