package dev.mdp.cli.verify;

import dev.mdp.cli.shell.CalendarOption;
import dev.mdp.cli.shell.ConfiguredCalendars;
import dev.mdp.cli.shell.RangeTimes;
import dev.mdp.cli.shell.TimeRange;
import dev.mdp.cli.shell.UnknownName;
import dev.mdp.core.calendar.Calendars;
import dev.mdp.core.calendar.TradingCalendar;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedAudit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which series and which time: `--provider --symbol --from --to`, and `--sessions`.
final class FeedScopeOptions {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "The first second: ISO 8601, a date, seconds or milliseconds since 1970, now, 2h for two"
              + " hours ago, open or close of the last trading day, or '2026-11-27 open' (default: the"
              + " beginning of each series).")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description =
          "Up to this second, exclusive; the same forms, but the close of a day that still runs is now"
              + " (default: now).")
  @Nullable String to;

  @Mixin CalendarOption calendar;

  @Option(names = "--provider", paramLabel = "NAME", description = "Only this provider's series.")
  @Nullable String provider;

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      split = ",",
      description = "Only these symbols, e.g. BTC-USD,ETH-USD.")
  List<String> symbols = new ArrayList<>();

  @Option(
      names = "--sessions",
      paramLabel = "NAME",
      description =
          "The trading calendar of the series, see mdp calendar list: seconds outside its sessions are"
              + " closed (default: the market is always open).")
  @Nullable String sessions;

  /// The range, in whole seconds, is told on stderr before work begins. Throws [ParameterException]
  /// (exit 2).
  FeedAudit.Scope resolve(CommandSpec spec) {
    try {
      RangeTimes times = RangeTimes.of(spec, calendar, from, to);
      Optional<Instant> begin = times.from().map(time -> time.truncatedTo(ChronoUnit.SECONDS));
      TimeRange range =
          new TimeRange(
              begin.orElse(Micros.instant(Micros.MIN)), roundedUp(times.to().orElse(times.now())));
      spec.commandLine()
          .getErr()
          .println(
              begin.isEmpty() ? "range [the beginning, " + range.to() + ")" : "range " + range);
      spec.commandLine().getErr().flush();
      return new FeedAudit.Scope(
          Optional.ofNullable(provider),
          symbols.stream().map(Symbol::of).distinct().toList(),
          begin.map(Micros::of),
          range.toMicros());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static Instant roundedUp(Instant time) {
    Instant second = time.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(time) ? second : second.plusSeconds(1);
  }

  /// The calendar of the series. Throws [ParameterException] (exit 2) for an unknown one.
  Optional<TradingCalendar> sessions(CommandSpec spec) {
    if (sessions == null) {
      return Optional.empty();
    }
    Calendars all = ConfiguredCalendars.load(spec).calendars();
    Optional<TradingCalendar> found = all.find(sessions);
    if (found.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), UnknownName.message("--sessions", "calendar", sessions, all.names()));
    }
    return found;
  }
}
