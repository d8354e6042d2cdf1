package dev.mdp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mdp.core.calendar.Calendars;
import dev.mdp.core.calendar.Session;
import dev.mdp.core.calendar.TradingCalendar;
import dev.mdp.core.calendar.TradingDay;
import dev.mdp.core.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarFileTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);

  @Test
  void everyKeyReachesItsField() {
    TradingCalendar calendar =
        only(
            """
            version: 1
            calendars:
              XTAE:
                zone: Asia/Jerusalem
                weekdays: [sun, MON, Tuesday, wed, thu]
                open: 09:59
                close: "17:25"
                holidays: { 2026-06-02: Independence Day }
                special_days:
                  2026-06-01: { close: 14:30, name: eve }
                  2026-06-03: { open: 11:00, name: late }
                  2026-06-05:
                    sessions: [ { open: 10:00, close: 10:30 }, { open: 11:00, close: 11:30 } ]
                    name: test
            """,
            "XTAE");

    assertThat(calendar.name()).isEqualTo("XTAE");
    assertThat(calendar.zone().getId()).isEqualTo("Asia/Jerusalem");
    assertThat(calendar.schedule()).hasToString("09:59-17:25");
    assertThat(hours(calendar, MONDAY.minusDays(1))).containsExactly("06:59/14:25");
    assertThat(hours(calendar, MONDAY)).containsExactly("06:59/11:30 early");
    assertThat(calendar.day(MONDAY).name()).isEqualTo("eve");
    assertThat(calendar.day(MONDAY.plusDays(1)))
        .isEqualTo(TradingDay.closed(MONDAY.plusDays(1), "Independence Day"));
    assertThat(hours(calendar, MONDAY.plusDays(2))).containsExactly("08:00/14:25");
    assertThat(hours(calendar, MONDAY.plusDays(3))).containsExactly("06:59/14:25");
    assertThat(hours(calendar, MONDAY.plusDays(4))).containsExactly("07:00/07:30", "08:00/08:30");
    assertThat(calendar.day(MONDAY.plusDays(5)).isClosed()).isTrue();
  }

  @Test
  void mondayToFridayIsTheWeekThatIsNotGiven() {
    TradingCalendar calendar =
        only("calendars: { X: { zone: UTC, open: 17:00, close: 16:00 } }", "X");

    assertThat(hours(calendar, MONDAY)).containsExactly("17:00/16:00");
    assertThat(calendar.day(MONDAY).open()).isEqualTo("2026-05-31T17:00:00Z");
    assertThat(calendar.day(MONDAY.minusDays(1)).isClosed()).isTrue();
    assertThat(calendar.day(MONDAY.plusDays(4)).isClosed()).isFalse();
    assertThat(calendar.day(MONDAY.plusDays(5)).isClosed()).isTrue();
  }

  @Test
  void calendarsThatAreBuiltInTakeFurtherDates() {
    Calendars calendars =
        CalendarFile.read(
            "calendar.yaml",
            """
            calendars:
              XNYS:
                holidays:
                  2026-06-01: National Day of Mourning
                special_days:
                  2026-06-02: { open: 11:00, name: late opening }
                  2026-06-03: { close: 13:00, name: storm }
                  2025-01-09: { open: 09:30, close: 16:00, name: not so }
              CRYPTO:
                special_days: { 2026-06-01: { open: 02:00, name: maintenance } }
            """);
    TradingCalendar xnys = calendars.find("XNYS").orElseThrow();

    assertThat(calendars.names()).isEqualTo(Calendars.BUILT_IN);
    assertThat(xnys.day(MONDAY)).isEqualTo(TradingDay.closed(MONDAY, "National Day of Mourning"));
    assertThat(hours(xnys, MONDAY.plusDays(1))).containsExactly("15:00/20:00");
    assertThat(hours(xnys, MONDAY.plusDays(2))).containsExactly("13:30/17:00 early");
    assertThat(xnys.day(LocalDate.of(2025, 1, 9)).isClosed()).isFalse();
    assertThat(xnys.day(LocalDate.of(2026, 11, 26)).name()).isEqualTo("Thanksgiving Day");
    assertThat(hours(calendars.find("CRYPTO").orElseThrow(), MONDAY))
        .containsExactly("02:00/00:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "version: 1\n", "calendars:\n", "calendars: {}\n", "# nothing\n"})
  void aFileWithoutCalendarsChangesNothing(String yaml) {
    assertThat(CalendarFile.read("calendar.yaml", yaml).names()).isEqualTo(Calendars.BUILT_IN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "calendrs: {}|1:1|unknown key 'calendrs' — did you mean 'calendars'?",
        "version: 2|1:10|version: want a whole number from 1 to 1",
        "calendars: [X]|1:12|calendars: want a mapping",
        "calendars: { X: 1 }|1:17|calendars.X: want a mapping",
        "calendars: { X: }|1:16|calendars.X: want keys, e.g. { zone: Asia/Tokyo, open: 09:00, close: 15:30 }",
        "calendars: { 'X:Y': { zone: UTC, open: 09:00, close: 10:00 } }|1:21|not a calendar name",
        "calendars: { X: { open: 09:00, close: 10:00 } }|1:17|calendars.X.zone: is missing, e.g. zone: Asia/Tokyo",
        "calendars: { X: { zone: Asia/Tokio, open: 09:00, close: 10:00 } }|1:25|calendars.X.zone: not a time zone: 'Asia/Tokio' (want a name such as America/New_York, or UTC) — did you mean 'Asia/Tokyo'?",
        "calendars: { X: { zone: UTC, close: 10:00 } }|1:17|calendars.X.open: is missing, e.g. open: 09:30",
        "calendars: { X: { zone: UTC, open: 09:00 } }|1:17|calendars.X.close: is missing",
        "calendars: { X: { zone: UTC, open: 9:00, close: 10:00 } }|1:36|calendars.X.open: want a time of day from 00:00 to 23:59 such as 09:30, was '9:00'",
        "calendars: { X: { zone: UTC, open: 09:00, close: 24:00 } }|1:50|was '24:00'",
        "calendars: { X: { zone: UTC, open: , close: 24:00 } }|1:35|was ''",
        "calendars: { X: { zone: UTC, open: [09:00], close: 10:00 } }|1:36|want a single value",
        "calendars: { X: { zone: UTC, open: 09:00, close: 10:00, weekdays: [mon, frei] } }|1:73|not a weekday: 'frei' (want mon, tue, wed, thu, fri, sat or sun)",
        "calendars: { X: { zone: UTC, open: 09:00, close: 10:00, weekdays: [] } }|1:67|must name at least one day",
        "calendars: { X: { zone: UTC, open: 09:00, close: 10:00, weekdays: [mon, monday] } }|1:67|names a day twice",
        "calendars: { X: { zone: UTC, open: 09:00, close: 10:00, holliday: {} } }|1:57|unknown key 'holliday' — did you mean 'holidays'?",
        "calendars: { X: { zone: UTC, open: 09:00, close: 10:00, holidays: [2026-01-01] } }|1:67|want a mapping",
        "calendars: { X: { zone: UTC, open: 09:00, close: 10:00, holidays: { 2026-1-1: a } } }|1:79|not a date: '2026-1-1' (want one such as 2026-12-25)",
        "calendars: { X: { zone: UTC, open: 09:00, close: 10:00, holidays: { 2026-02-29: a } } }|1:81|not a date: '2026-02-29'",
        "calendars: { X: { zone: UTC, open: 09:00, close: 10:00, holidays: { 2026-02-27:  } } }|1:80|has no value",
        "calendars: { X: { zone: UTC, open: 09:00, close: 10:00, sessions: [] } }|1:30|key 'open' is not used here: sessions has the hours of the day",
        "calendars: { X: { zone: UTC, sessions: [] } }|1:40|want from 1 to 10 of {open, close}, were 0",
        "calendars: { X: { zone: UTC, sessions: [ { open: 09:00 } ] } }|1:42|calendars.X.sessions[0].close: is missing",
        "calendars: { X: { zone: UTC, sessions: [ { open: 09:00, close: 12:00 }, { open: 11:30, close: 15:00 } ] } }|1:81|calendars.X.sessions[1].open: 11:30-15:00 begins before 09:00-12:00 ends",
        "calendars: { X: { zone: UTC, sessions: [ { open: 22:00, close: 06:00 }, { open: 09:00, close: 22:30 } ] } }|1:95|09:00-22:30 ends after 22:00-06:00 of the next day begins",
        "calendars: { XNYS: { zone: UTC } }|1:22|key 'zone' is not used here: XNYS is built in, and takes holidays and special_days only",
        "calendars: { XNYS: { special_days: { 2026-06-01: { name: a } } } }|1:50|special_days.2026-06-01.open: is missing: give open, close or sessions",
        "calendars: { XNYS: { special_days: { 2026-06-01: { close: 13:00 } } } }|1:50|special_days.2026-06-01.name: is missing, e.g. name: Christmas Eve",
        "calendars: { XNYS: { special_days: { 2026-06-01: 13:00 } } }|1:50|want hours, e.g. { close: 13:00, name: Christmas Eve }",
        "calendars: { XNYS: { special_days: { 2026-06-01: } } }|1:49|want hours, e.g. { close: 13:00, name: Christmas Eve }",
        "calendars: { XNYS: { special_days: { 2026-06-01: { clse: 13:00, name: a, open: 10:00 } } } }|1:52|unknown key 'clse' — did you mean 'close'?",
        "calendars: { XNYS: { special_days: { 2026-06-31: { close: 13:00, name: a } } } }|1:50|not a date: '2026-06-31'",
        "calendars: { XNYS: { special_days: { 2026-06-01: { close: 13:00, name: a } }, holidays: { 2026-06-01: b } } }|1:50|is one of holidays, too",
        "calendars: { CRYPTO: { special_days: { 2026-06-01: { open: 10:00, close: 09:00, name: a } } } }|1:52|special_days.2026-06-01: begins on 2026-06-01 before 2026-05-31 ends",
        "calendars: { X: { zone: UTC, sessions: [ { open: 09:00, close: 12:00 }, { open: 13:00, close: 15:00 } ], special_days: { 2026-06-01: { close: 12:00, name: a } } } }|1:143|an ordinary day has several sessions: give the day's sessions",
        "calendars: { X: { zone: UTC, special_days: { 2026-06-01: { close: noon, name: a } } } }|1:67|was 'noon'",
      })
  void eachMistakeIsNamedAtItsPlace(String yaml, String place, String message) {
    assertThat(problems(yaml)).contains("calendar.yaml:" + place + ": ").contains(message);
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
    String told =
        problems(
            """
            calendars:
              A:
                zone: Nowhere
                open: soon
                close: 10:00
                special_days:
                  2026-06-01: { open: 11:00, close: x, name: a }
              XNYS:
                open: 10:00
            """);

    assertThat(told)
        .containsSubsequence(
            "calendar.yaml:3:11: calendars.A.zone: not a time zone: 'Nowhere'",
            "calendar.yaml:4:11: calendars.A.open: want a time of day",
            "calendar.yaml:7:41: calendars.A.special_days.2026-06-01.close: want a time of day",
            "calendar.yaml:9:5: key 'open' is not used here: XNYS is built in");
    assertThat(told.lines().filter(line -> line.startsWith("calendar.yaml:"))).hasSize(4);
  }

  @Test
  void variablesMeanNothing() {
    TradingCalendar calendar =
        only(
            "calendars: { X: { zone: UTC, open: 09:00, close: 10:00, holidays: { 2026-06-01: '${HOME}' } } }",
            "X");

    assertThat(calendar.day(MONDAY).name()).isEqualTo("${HOME}");
  }

  @Test
  void theShippedFileIsRightAndSoIsTheExampleInIt() throws IOException {
    Path shipped = ConfigFixture.projectRoot().resolve("configs/calendar.yaml");
    String text = Files.readString(shipped);
    String example =
        text.lines()
            .dropWhile(line -> !line.startsWith("# For example"))
            .filter(line -> line.startsWith("#   "))
            .map(line -> line.substring(1))
            .collect(Collectors.joining("\n", "calendars:\n", "\n"));

    Calendars uncommented = CalendarFile.read("example", example);

    assertThat(CalendarFile.read("calendar.yaml", text).names()).isEqualTo(Calendars.BUILT_IN);
    assertThat(uncommented.names()).containsExactly("CME_EQUITY", "CRYPTO", "XNYS", "XTKS");
    assertThat(hours(uncommented.find("XTKS").orElseThrow(), MONDAY))
        .containsExactly("00:00/02:30", "03:30/06:30");
    assertThat(hours(uncommented.find("CME_EQUITY").orElseThrow(), LocalDate.of(2026, 11, 27)))
        .containsExactly("23:00/18:15 early");
    assertThat(hours(uncommented.find("XNYS").orElseThrow(), LocalDate.of(2030, 1, 2)))
        .containsExactly("16:00/21:00");
  }

  private static TradingCalendar only(String yaml, String name) {
    return CalendarFile.read("calendar.yaml", yaml).find(name).orElseThrow();
  }

  /// In UTC, without dates.
  private static List<String> hours(TradingCalendar calendar, LocalDate date) {
    return calendar.day(date).sessions().stream()
        .map((Session session) ->
            session.open().toString().substring(11, 16)
                + "/"
                + session.close().toString().substring(11, 16)
                + (session.early() ? " early" : ""))
        .toList();
  }

  private static String problems(String yaml) {
    return String.valueOf(
        catchThrowableOfType(ConfigException.class, () -> CalendarFile.read("calendar.yaml", yaml))
            .getMessage());
  }
}
