package dev.mdp.cli.shell;

import dev.mdp.core.calendar.TradingCalendar;
import dev.mdp.core.calendar.TradingDay;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A time that is named by a trading day: `[DATE ][CALENDAR:]open` or `…close`. Immutable.
///
/// @param date empty for the day that a moment decides
/// @param calendar empty for the one of `--calendar`
/// @param opens whether it is the open of the day's first session, and not the close of its last
record SessionWord(Optional<LocalDate> date, Optional<String> calendar, boolean opens) {
  private static final Pattern FORM =
      Pattern.compile("(?:([0-9]{4}-[0-9]{2}-[0-9]{2}) +)?(?:([A-Za-z0-9_.-]+):)?(open|close)");

  /// Empty for what is another form of time, or none.
  static Optional<SessionWord> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SessionWord(
              Optional.ofNullable(form.group(1)).map(LocalDate::parse),
              Optional.ofNullable(form.group(2)),
              form.group(3).equals("open")));
    } catch (DateTimeException _) {
      // the 30th of February
      return Optional.empty();
    }
  }

  /// Where a range begins: at the open of the day that runs or ran last, or at the last close there
  /// was. Throws `IllegalArgumentException`, here and in [#end], when the day has none.
  Instant start(TradingCalendar market, Instant now) {
    if (date.isPresent()) {
      return dated(market, date.get());
    }
    return opens
        ? begun(market, now).open()
        : market.newestEnded(now).orElseThrow(() -> none(market, now)).close();
  }

  /// Where a range ends: the close is that of the day that runs or ran last; while it runs, now.
  Instant end(TradingCalendar market, Instant now) {
    if (date.isPresent()) {
      return dated(market, date.get());
    }
    TradingDay day = begun(market, now);
    if (opens) {
      return day.open();
    }
    return day.close().isAfter(now) ? now : day.close();
  }

  private Instant dated(TradingCalendar market, LocalDate wanted) {
    if (wanted.isBefore(market.since())) {
      throw new IllegalArgumentException(
          "%s is known from %s on, not on %s".formatted(market.name(), market.since(), wanted));
    }
    TradingDay day = market.day(wanted);
    if (day.isClosed()) {
      String weekday = wanted.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      throw new IllegalArgumentException(
          "%s is closed on %s (%s)%s"
              .formatted(
                  market.name(),
                  wanted,
                  day.name().isEmpty() ? weekday : day.name(),
                  example(market, wanted)));
    }
    return opens ? day.open() : day.close();
  }

  private String example(TradingCalendar market, LocalDate closed) {
    return market
        .next(closed.atStartOfDay(market.zone()).toInstant())
        .map(next -> ", want a trading day, e.g. '%s %s'".formatted(next.date(), word()))
        .orElse("");
  }

  private String word() {
    return opens ? "open" : "close";
  }

  private static TradingDay begun(TradingCalendar market, Instant now) {
    return market.newestBegun(now).orElseThrow(() -> none(market, now));
  }

  private static IllegalArgumentException none(TradingCalendar market, Instant now) {
    return new IllegalArgumentException(market.name() + " has no session before " + now);
  }
}
