package dev.mdp.cli.shell;

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
    if (text.matches("[1-9][0-9]{0,4}d")) {
      // an age may be longer than any window
      return Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)));
    }
    try {
      return Interval.parseLength(text).duration();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "not a duration: '" + text + "' (want a number and ms, s, m, h or d, e.g. 30s)");
    }
  }
}
