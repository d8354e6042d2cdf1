package dev.mdp.cli.calendar;

import dev.mdp.cli.output.Column;
import dev.mdp.core.calendar.Session;
import dev.mdp.core.calendar.TradingCalendar;
import dev.mdp.core.calendar.TradingDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A line of `mdp calendar show`: a session, or a day without any. Immutable.
record SessionRow(TradingDay day, Optional<Session> session) {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  /// @param special whether only holidays and days with other hours than usual are wanted
  static List<SessionRow> of(TradingCalendar calendar, Stream<LocalDate> dates, boolean special) {
    return dates
        .map(calendar::day)
        .filter(day -> !special || !day.name().isEmpty())
        .flatMap(SessionRow::rows)
        .toList();
  }

  private static Stream<SessionRow> rows(TradingDay day) {
    return day.isClosed()
        ? Stream.of(new SessionRow(day, Optional.empty()))
        : day.sessions().stream().map(each -> new SessionRow(day, Optional.of(each)));
  }

  static List<Column<SessionRow>> columns(ZoneId zone, boolean table) {
    Column<SessionRow> date = Column.text("date", row -> row.day.date());
    Column<SessionRow> state = Column.text("state", SessionRow::state);
    Column<SessionRow> open = Column.text("open", row -> row.of(Session::open));
    Column<SessionRow> close = Column.text("close", row -> row.of(Session::close));
    Column<SessionRow> name =
        Column.text("name", row -> row.day.name().isEmpty() ? null : row.day.name());
    return table
        ? List.of(
            date,
            Column.text("day", row -> weekday(row.day.date())),
            state,
            open,
            close,
            Column.text("local", row -> row.of(session -> clocks(session, zone))),
            name)
        : List.of(
            date,
            state,
            open,
            close,
            Column.text("open_local", row -> row.of(session -> local(session.open(), zone))),
            Column.text("close_local", row -> row.of(session -> local(session.close(), zone))),
            name);
  }

  private String state() {
    return session.map(each -> each.early() ? "early" : "open").orElse("closed");
  }

  private @Nullable Object of(Function<Session, Object> value) {
    return session.map(value).orElse(null);
  }

  /// E.g. `09:30-16:00`, or `Sun 17:00-16:00` for one that begins on the day before.
  private static String clocks(Session session, ZoneId zone) {
    ZonedDateTime open = session.open().atZone(zone);
    boolean sameDay = open.toLocalDate().equals(session.date());
    return (sameDay ? "" : weekday(open.toLocalDate()) + " ")
        + MINUTES.format(open)
        + "-"
        + MINUTES.format(session.close().atZone(zone));
  }

  private static String local(Instant time, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(zone));
  }

  private static String weekday(LocalDate date) {
    return date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
  }
}
