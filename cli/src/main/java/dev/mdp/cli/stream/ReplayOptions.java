package dev.mdp.cli.stream;

import dev.mdp.cli.shell.CalendarOption;
import dev.mdp.cli.shell.RangeTimes;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.providers.dataset.ReadOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What of a dataset is sent, and how.
final class ReplayOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Start, inclusive, rounded down to a window start (default: the beginning).")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "End, exclusive, rounded up to a window end (default: the end).")
  @Nullable String to;

  @Mixin CalendarOption calendar;

  @Option(
      names = "--sort",
      description = "Sort the files by time before sending; large ones via temporary files.")
  boolean sort;

  @Option(
      names = "--settle",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description =
          "How long to wait, after the last event, for micro-batch to commit the bars (default: 60s; 0: not at all).")
  Duration settle = Duration.ofSeconds(60);

  /// The range in microseconds, snapped outward to the windows of this interval.
  ReadOptions read(CommandSpec spec, String lane, Interval window, Duration allowLate) {
    RangeTimes times = times(spec);
    long first = times.from().map(Micros::of).orElse(Micros.MIN);
    long last = times.to().map(Micros::of).orElse(Micros.MAX);
    if (first >= last) {
      throw new ParameterException(
          spec.commandLine(),
          "--from must be before --to, was "
              + Micros.format(first)
              + " and "
              + (to == null ? "the end" : Micros.format(last)));
    }
    long snappedFirst = from == null ? first : window.start(first);
    long snappedLast = to == null ? last : window.end(last - 1);
    if (from != null || to != null) {
      spec.commandLine()
          .getErr()
          .println(
              "range ["
                  + (from == null ? "the beginning" : Micros.instant(snappedFirst))
                  + ", "
                  + (to == null ? "the end" : Micros.instant(snappedLast))
                  + "), whole windows of "
                  + window);
    }
    return new ReadOptions(lane, snappedFirst, snappedLast, Micros.of(allowLate), sort);
  }

  Duration settle() {
    return settle;
  }

  private RangeTimes times(CommandSpec spec) {
    try {
      return RangeTimes.of(spec, calendar, from, to);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
