package dev.mdp.cli.shell;

import dev.mdp.core.calendar.TradingCalendar;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// The times of `--from` and `--to` of one command, read at one moment: in the forms of [Times],
/// and as open and close of a trading calendar ([SessionWord]). Immutable.
///
/// @param now that moment, in whole microseconds
public record RangeTimes(Instant now, Optional<Instant> from, Optional<Instant> to) {
  /// Throws `IllegalArgumentException` naming the option, and [dev.mdp.core.error.ConfigException]
  /// when a calendar is needed and their file is wrong.
  public static RangeTimes of(
      CommandSpec spec, CalendarOption calendar, @Nullable String from, @Nullable String to) {
    Instant now = RootCommand.of(spec).host().clock().instant().truncatedTo(ChronoUnit.MICROS);
    Reader reader = new Reader(spec, calendar, now);
    if (calendar.isGiven() && !reader.uses(from) && !reader.uses(to)) {
      throw new IllegalArgumentException(
          "--calendar: has a meaning only for open and close, e.g. --from open");
    }
    return new RangeTimes(
        now,
        Optional.ofNullable(from).map(text -> reader.time("--from", text, SessionWord::start)),
        Optional.ofNullable(to).map(text -> reader.time("--to", text, SessionWord::end)));
  }

  /// What a word means in an option.
  @FunctionalInterface
  private interface Meaning {
    Instant of(SessionWord word, TradingCalendar market, Instant now);
  }

  private record Reader(CommandSpec spec, CalendarOption calendar, Instant now) {
    boolean uses(@Nullable String text) {
      return Optional.ofNullable(text)
          .flatMap(SessionWord::parse)
          .filter(word -> word.calendar().isEmpty())
          .isPresent();
    }

    Instant time(String option, String text, Meaning meaning) {
      return SessionWord.parse(text)
          .map(word -> Times.requireInRange(option, time(option, word, meaning)))
          .orElseGet(() -> Times.parse(option, text, now, RootCommand.of(spec).zone()));
    }

    private Instant time(String option, SessionWord word, Meaning meaning) {
      // the calendars' file is read for a command that needs it alone
      TradingCalendar market =
          calendar.of(option, word, ConfiguredCalendars.load(spec).calendars());
      try {
        return meaning.of(word, market, now);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
      }
    }
  }
}
