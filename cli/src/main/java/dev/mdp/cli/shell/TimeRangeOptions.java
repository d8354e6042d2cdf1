package dev.mdp.cli.shell;

import dev.mdp.core.event.Micros;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `--from` and `--to`, and `--calendar` for them.
public final class TimeRangeOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description =
          "Start, inclusive: ISO 8601, a date, seconds or milliseconds since 1970, now, 2h for two"
              + " hours ago, open or close of the last trading day, or '2026-11-27 open'.")
  String from = "";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description =
          "End, exclusive; the same forms, but close means now while the trading day is in progress"
              + " (default: now).")
  @Nullable String to;

  @Mixin CalendarOption calendar;

  /// The range, told on stderr before work begins. Throws `ParameterException` (exit 2).
  public TimeRange resolve(CommandSpec spec) {
    return resolve(spec, calendar, from, to, times -> times.to().orElse(times.now()));
  }

  /// @param end of a range whose end is not given
  private static TimeRange resolve(
      CommandSpec spec,
      CalendarOption calendar,
      @Nullable String from,
      @Nullable String to,
      Function<RangeTimes, Instant> end) {
    try {
      RangeTimes times = RangeTimes.of(spec, calendar, from, to);
      TimeRange range =
          new TimeRange(times.from().orElse(Micros.instant(Micros.MIN)), end.apply(times));
      spec.commandLine().getErr().println("range " + range);
      spec.commandLine().getErr().flush();
      return range;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /// The same where no range means everything.
  public static final class Open {
    @Option(
        names = "--from",
        paramLabel = "TIME",
        description =
            "Start, inclusive: ISO 8601, a date, now, 2h, open or '2026-11-27 open' (default: the"
                + " beginning).")
    @Nullable String from;

    @Option(
        names = "--to",
        paramLabel = "TIME",
        description = "End, exclusive; the same forms (default: the end).")
    @Nullable String to;

    @Mixin CalendarOption calendar;

    /// Whether a range was asked for.
    public boolean isGiven() {
      return from != null || to != null || calendar.isGiven();
    }

    public TimeRange resolve(CommandSpec spec) {
      if (!isGiven()) {
        return new TimeRange(Micros.instant(Micros.MIN), Micros.instant(Micros.MAX));
      }
      Instant end = Micros.instant(Micros.MAX - 1);
      return TimeRangeOptions.resolve(spec, calendar, from, to, times -> times.to().orElse(end));
    }
  }
}
