package dev.mdp.cli.calendar;

import dev.mdp.cli.shell.RootCommand;
import dev.mdp.core.calendar.TradingCalendar;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which days: `--from` and `--to`, or `--year`.
final class DateOptions {
  private static final int DAYS_BY_DEFAULT = 10;
  private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
  private static final LocalDate END = LocalDate.of(2200, 1, 1);

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "First day, e.g. 2026-11-26 (default: today, by the calendar's clocks).")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "Day after the last one (default: 10 days after the first).")
  @Nullable String to;

  @Option(names = "--year", paramLabel = "YEAR", description = "All days of this year, e.g. 2026.")
  @Nullable Integer year;

  /// Days in a row, half-open.
  record Days(LocalDate from, LocalDate to) {
    @Override
    public String toString() {
      return "[" + from + ", " + to + ")";
    }
  }

  /// Throws [ParameterException] (exit 2) for what is not a range of days of this calendar.
  Days resolve(CommandSpec spec, TradingCalendar calendar) {
    if (year != null && (from != null || to != null)) {
      throw wrong(spec, "--year: is a range already, leave out --from and --to");
    }
    Days days = year == null ? given(spec, calendar) : ofYear(spec, year);
    if (!days.from.isBefore(days.to)) {
      throw wrong(spec, "--from must be before --to, was " + days.from + " and " + days.to);
    }
    if (days.from.isBefore(FIRST) || days.to.isAfter(END)) {
      throw wrong(spec, "days must be between 1900 and 2200, were " + days);
    }
    if (days.from.isBefore(calendar.since())) {
      throw wrong(
          spec,
          "%s is known from %s on, the days were %s"
              .formatted(calendar.name(), calendar.since(), days));
    }
    return days;
  }

  private Days given(CommandSpec spec, TradingCalendar calendar) {
    LocalDate first =
        from == null
            ? RootCommand.of(spec).host().clock().instant().atZone(calendar.zone()).toLocalDate()
            : date(spec, "--from", from);
    return new Days(first, to == null ? first.plusDays(DAYS_BY_DEFAULT) : date(spec, "--to", to));
  }

  private static Days ofYear(CommandSpec spec, int year) {
    if (year < FIRST.getYear() || year >= END.getYear()) {
      throw wrong(spec, "--year: must be from 1900 to 2199, was " + year);
    }
    LocalDate first = LocalDate.of(year, 1, 1);
    return new Days(first, first.plusYears(1));
  }

  private static LocalDate date(CommandSpec spec, String option, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(),
          option + ": not a date: '" + text + "' (want one such as 2026-11-26)",
          e);
    }
  }

  private static ParameterException wrong(CommandSpec spec, String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
