package dev.mdp.cli.shell;

import dev.mdp.core.calendar.Calendars;
import dev.mdp.core.calendar.TradingCalendar;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--calendar`: whose sessions `open` and `close` in `--from` and `--to` are.
public final class CalendarOption {
  @Option(
      names = "--calendar",
      paramLabel = "NAME",
      description =
          "The trading calendar of open and close in --from and --to, see mdp calendar list (default:"
              + " XNYS).")
  @Nullable String given;

  boolean isGiven() {
    return given != null;
  }

  /// The calendar of a word. Throws `IllegalArgumentException` naming what named it.
  ///
  /// @param option the one that has the word
  TradingCalendar of(String option, SessionWord word, Calendars calendars) {
    String name = word.calendar().or(() -> Optional.ofNullable(given)).orElse(Calendars.DEFAULT);
    return calendars
        .find(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                UnknownName.message(
                    word.calendar().isPresent() ? option : "--calendar",
                    "calendar",
                    name,
                    calendars.names())));
  }
}
