package dev.mdp.cli.verify;

import dev.mdp.cli.shell.CalendarOption;
import dev.mdp.cli.shell.RangeTimes;
import dev.mdp.cli.shell.TimeRange;
import dev.mdp.core.audit.AuditScope;
import dev.mdp.core.error.ShellWord;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which bars: `--provider --symbol --interval --from --to`, and `--calendar` for these two.
final class ScopeOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Bars that start at or after it: ISO 8601, a date, seconds or milliseconds since 1970, now,"
              + " 2h for two hours ago, open or close of the last trading day, or '2026-11-27 open'"
              + " (default: the beginning).")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description =
          "Bars that start before it; the same forms, but close means now while the trading day is in"
              + " progress (default: now).")
  @Nullable String to;

  @Mixin CalendarOption calendar;

  @Option(names = "--provider", paramLabel = "NAME", description = "Only this provider's bars.")
  @Nullable String provider;

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      split = ",",
      description = "Only these symbols' bars, e.g. SPY,AAPL.")
  List<String> symbols = new ArrayList<>();

  @Option(
      names = "--interval",
      paramLabel = "INTERVAL",
      split = ",",
      description =
          "Only bars of these lengths, e.g. 1m,5m (default: all that are stored or that a worker"
              + " builds).")
  List<String> intervals = new ArrayList<>();

  /// The range is told on stderr before work begins. Throws [ParameterException] (exit 2).
  AuditScope resolve(CommandSpec spec) {
    try {
      RangeTimes times = RangeTimes.of(spec, calendar, from, to);
      TimeRange range =
          new TimeRange(
              times.from().orElse(Micros.instant(Micros.MIN)), times.to().orElse(times.now()));
      spec.commandLine()
          .getErr()
          .println(from == null ? "range [the beginning, " + range.to() + ")" : "range " + range);
      spec.commandLine().getErr().flush();
      return new AuditScope(
          Optional.ofNullable(provider),
          symbols.stream().map(Symbol::of).distinct().toList(),
          intervals.stream().map(Interval::parse).distinct().toList(),
          range.fromMicros(),
          range.toMicros());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /// The options as they would be typed again, with the range that was resolved.
  String words(AuditScope scope) {
    StringBuilder words = new StringBuilder();
    if (from != null) {
      words.append(" --from ").append(Micros.instant(scope.fromMicros()));
    }
    words.append(" --to ").append(Micros.instant(scope.toMicros()));
    scope.provider().ifPresent(name -> words.append(" --provider '").append(name).append('\''));
    append(words, " --symbol", scope.symbols());
    append(words, " --interval", scope.intervals());
    return words.toString();
  }

  private static void append(StringBuilder words, String option, List<?> values) {
    if (!values.isEmpty()) {
      String joined = String.join(",", values.stream().map(String::valueOf).toList());
      words.append(ShellWord.option(option, joined));
    }
  }
}
