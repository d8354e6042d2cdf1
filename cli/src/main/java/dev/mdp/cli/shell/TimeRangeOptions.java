package dev.mdp.cli.shell;

import dev.mdp.core.event.Micros;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `--from` and `--to`.
public final class TimeRangeOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description =
          "Start, inclusive: ISO 8601, a date, seconds or milliseconds since 1970, now, or 2h for two"
              + " hours ago.")
  String from = "";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "End, exclusive; the same forms (default: now).")
  @Nullable String to;

  /// The range, told on stderr before work begins. Throws `ParameterException` (exit 2).
  public TimeRange resolve(CommandSpec spec) {
    return resolve(spec, from, to == null ? "now" : to);
  }

  private static TimeRange resolve(CommandSpec spec, String from, String to) {
    RootCommand root = RootCommand.of(spec);
    Instant now = root.host().clock().instant().truncatedTo(ChronoUnit.MICROS);
    try {
      TimeRange range =
          new TimeRange(
              Times.parse("--from", from, now, root.zone()),
              Times.parse("--to", to, now, root.zone()));
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
        description = "Start, inclusive: ISO 8601, a date, now, or 2h (default: the beginning).")
    @Nullable String from;

    @Option(
        names = "--to",
        paramLabel = "TIME",
        description = "End, exclusive; the same forms (default: the end).")
    @Nullable String to;

    public TimeRange resolve(CommandSpec spec) {
      if (from == null && to == null) {
        return new TimeRange(Micros.instant(Micros.MIN), Micros.instant(Micros.MAX));
      }
      return TimeRangeOptions.resolve(
          spec,
          from == null ? Micros.format(Micros.MIN) : from,
          to == null ? Micros.format(Micros.MAX - 1) : to);
    }
  }
}
