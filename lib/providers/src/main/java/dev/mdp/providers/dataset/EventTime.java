package dev.mdp.providers.dataset;

import dev.mdp.core.event.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads event time in a dataset's unit, truncated to microseconds towards the past.
final class EventTime {
  private EventTime() {}

  /// Throws [IllegalArgumentException] with a message that holds the value, what it would be in
  /// other units, and the remedy.
  static long parse(String text, TimeUnitName unit, PlausibleTimes plausible) {
    long micros = unit == TimeUnitName.ISO ? parseIso(text, plausible) : number(text, unit);
    if (plausible.has(micros)) {
      return micros;
    }
    if (!Micros.inRange(micros)) {
      throw new IllegalArgumentException(
          "%s%s is not a time between 1900 and 2200%s"
              .formatted(Quoted.of(text), of(unit), otherUnits(text, unit, plausible)));
    }
    boolean early = micros < plausible.earliestMicros();
    throw new IllegalArgumentException(
        "%s%s is %s, %s %s%s"
            .formatted(
                Quoted.of(text),
                of(unit),
                Micros.format(micros),
                early ? "before" : "not before",
                Micros.format(early ? plausible.earliestMicros() : plausible.latestMicros()),
                remedy(text, unit, plausible, early)));
  }

  private static long number(String text, TimeUnitName unit) {
    try {
      return DecimalText.parseScaled(text, unit.microsPower);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          text.indexOf(':') > 0 ? e.getMessage() + " (is the unit iso?)" : e.getMessage(), e);
    }
  }

  private static long parseIso(String text, PlausibleTimes plausible) {
    boolean spaced = text.length() > 10 && text.charAt(10) == ' ';
    try {
      return Micros.parse(spaced ? text.substring(0, 10) + 'T' + text.substring(11) : text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not an RFC 3339 time with offset: %s (want 2025-10-24T14:02:01.5Z)%s"
              .formatted(Quoted.of(text), otherUnits(text, TimeUnitName.ISO, plausible)),
          e);
    }
  }

  private static String remedy(
      String text, TimeUnitName unit, PlausibleTimes plausible, boolean early) {
    String others = otherUnits(text, unit, plausible);
    return others.contains("set unit")
        ? others
        : others
            + "; if that is right, set %s of src_ts to a time %s it"
                .formatted(early ? "earliest" : "latest", early ? "before" : "after");
  }

  /// What the number is in each of the other units, and which of them makes it plausible.
  private static String otherUnits(String text, TimeUnitName unit, PlausibleTimes plausible) {
    List<String> others = new ArrayList<>();
    String remedy = "";
    for (TimeUnitName other : TimeUnitName.values()) {
      if (other == unit || other == TimeUnitName.ISO) {
        continue;
      }
      try {
        long micros = DecimalText.parseScaled(text, other.microsPower);
        if (!Micros.inRange(micros)) {
          continue;
        }
        others.add("as %s it is %s".formatted(word(other), Micros.format(micros)));
        if (plausible.has(micros) && micros >= PlausibleTimes.DEFAULT_EARLIEST) {
          remedy = ": set unit: " + word(other);
        }
      } catch (ArithmeticException e) {
        // too large in this unit
      } catch (NumberFormatException e) {
        return "";
      }
    }
    return others.isEmpty() ? "" : ", " + String.join(", ", others) + remedy;
  }

  private static String of(TimeUnitName unit) {
    return unit == TimeUnitName.ISO ? "" : " " + word(unit);
  }

  private static String word(TimeUnitName unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }
}
