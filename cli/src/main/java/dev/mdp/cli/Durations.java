package dev.mdp.cli;

import dev.mdp.core.event.Interval;
import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/// Durations on the command line: `500ms`, `30s`, `5m`, `1h`, `30d`, and `0`.
public final class Durations {
  private Durations() {}

  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    try {
      return Interval.parse(text).duration();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'" + text + "' is no duration (want a number and ms, s, m, h or d, e.g. 30s)");
    }
  }
}
