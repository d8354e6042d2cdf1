package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void showListsTheNextTenDaysOfNewYork() {
    Run run = run("calendar", "show");

    assertThat(run.code()).isZero();
    assertThat(run.err())
        .isEqualTo("calendar XNYS (America/New_York, built in), days [2025-10-24, 2025-11-03)\n");
    assertThat(run.out())
        .isEqualTo(
            """
            date        day  state   open                  close                 local        name
            2025-10-24  Fri  open    2025-10-24T13:30:00Z  2025-10-24T20:00:00Z  09:30-16:00  -
            2025-10-25  Sat  closed  -                     -                     -            -
            2025-10-26  Sun  closed  -                     -                     -            -
            2025-10-27  Mon  open    2025-10-27T13:30:00Z  2025-10-27T20:00:00Z  09:30-16:00  -
            2025-10-28  Tue  open    2025-10-28T13:30:00Z  2025-10-28T20:00:00Z  09:30-16:00  -
            2025-10-29  Wed  open    2025-10-29T13:30:00Z  2025-10-29T20:00:00Z  09:30-16:00  -
            2025-10-30  Thu  open    2025-10-30T13:30:00Z  2025-10-30T20:00:00Z  09:30-16:00  -
            2025-10-31  Fri  open    2025-10-31T13:30:00Z  2025-10-31T20:00:00Z  09:30-16:00  -
            2025-11-01  Sat  closed  -                     -                     -            -
            2025-11-02  Sun  closed  -                     -                     -            -
            """);
  }

  @Test
  void todayIsTheDateOnTheExchangesClocks() {
    Run evening = Run.at(Instant.parse("2025-10-25T02:00:00Z"), folder, "calendar", "show");
    Run crypto =
        Run.at(Instant.parse("2025-10-25T02:00:00Z"), folder, "calendar", "show", "CRYPTO");

    assertThat(evening.err()).contains("days [2025-10-24, ");
    assertThat(crypto.err()).contains("days [2025-10-25, ");
  }

  @Test
  void showNamesHolidaysAndEarlyCloses() throws IOException {
    Run run = run("calendar", "show", "--from", "2026-11-25", "--to", "2026-11-28", "-o", "json");
    JsonNode data = JSON.readTree(run.out()).get("data");

    assertThat(JSON.readTree(run.out()).get("schema").asText()).isEqualTo("mdp.calendar.show/v1");
    assertThat(data)
        .extracting(JsonNode::toString)
        .containsExactly(
            """
            {"date":"2026-11-25","state":"open","open":"2026-11-25T14:30:00.000000Z","close":"2026-11-25T21:00:00.000000Z","open_local":"2026-11-25T09:30:00-05:00","close_local":"2026-11-25T16:00:00-05:00","name":null}\
            """
                .strip(),
            """
            {"date":"2026-11-26","state":"closed","open":null,"close":null,"open_local":null,"close_local":null,"name":"Thanksgiving Day"}\
            """
                .strip(),
            """
            {"date":"2026-11-27","state":"early","open":"2026-11-27T14:30:00.000000Z","close":"2026-11-27T18:00:00.000000Z","open_local":"2026-11-27T09:30:00-05:00","close_local":"2026-11-27T13:00:00-05:00","name":"day after Thanksgiving Day"}\
            """
                .strip());
  }

  @Test
  void aYearHasItsSpecialDaysInEveryFormat() {
    Run csv = run("calendar", "show", "XNYS", "--year", "2026", "--special", "-o", "csv");
    Run lines = run("calendar", "show", "XNYS", "--year", "2026", "-o", "jsonl");

    assertThat(csv.out().lines())
        .hasSize(1 + 10 + 2)
        .contains(
            "date,state,open,close,open_local,close_local,name",
            "2026-07-03,closed,,,,,Independence Day (observed)",
            "2026-12-24,early,2026-12-24T14:30:00.000000Z,2026-12-24T18:00:00.000000Z,"
                + "2026-12-24T09:30:00-05:00,2026-12-24T13:00:00-05:00,Christmas Eve");
    assertThat(lines.out().lines()).hasSize(365);
  }

  @Test
  void timesOfATableAreInTheChosenZone() {
    Run run =
        run("calendar", "show", "--from", "2026-11-27", "--to", "2026-11-28", "--tz", "Asia/Tokyo");

    assertThat(run.out())
        .contains("2026-11-27T23:30:00+09:00  2026-11-28T03:00:00+09:00  09:30-13:00");
  }

  @Test
  void severalSessionsAreLinesAndOneOfTheEveningBeforeSaysSo() throws IOException {
    write(
        "configs/calendar.yaml",
        """
        calendars:
          XTKS:
            zone: Asia/Tokyo
            sessions: [ { open: 09:00, close: 11:30 }, { open: 12:30, close: 15:30 } ]
            special_days: { 2026-06-02: { sessions: [ { open: 09:00, close: 11:30 } ], name: half day } }
          ES: { zone: America/Chicago, open: 17:00, close: 16:00 }
        """);

    Run tokyo = run("calendar", "show", "XTKS", "--from", "2026-06-01", "--to", "2026-06-03");
    Run futures = run("calendar", "show", "ES", "--from", "2026-06-01", "--to", "2026-06-02");

    assertThat(tokyo.err()).contains("XTKS (Asia/Tokyo, configs/calendar.yaml)");
    assertThat(tokyo.out().lines().skip(1).map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "2026-06-01 Mon open 2026-06-01T00:00:00Z 2026-06-01T02:30:00Z 09:00-11:30 -",
            "2026-06-01 Mon open 2026-06-01T03:30:00Z 2026-06-01T06:30:00Z 12:30-15:30 -",
            "2026-06-02 Tue early 2026-06-02T00:00:00Z 2026-06-02T02:30:00Z 09:00-11:30 half day");
    assertThat(futures.out())
        .contains(
            "2026-06-01  Mon  open   2026-05-31T22:00:00Z  2026-06-01T21:00:00Z  Sun 17:00-16:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "calendar show XNYX|NAME: unknown calendar 'XNYX' (available: CRYPTO, XNYS) — did you mean 'XNYS'?",
        "calendar show --from 26-11-2026|--from: not a date: '26-11-2026' (want one such as 2026-11-26)",
        "calendar show --from 2026-11-26 --to now|--to: not a date: 'now'",
        "calendar show --from 2026-11-26 --to 2026-11-26|--from must be before --to, was 2026-11-26 and 2026-11-26",
        "calendar show --year 2026 --from 2026-11-26|--year: is a range already, leave out --from and --to",
        "calendar show --year 26|--year: must be from 1900 to 2199, was 26",
        "calendar show --year MMXXVI|must be a whole number, was 'MMXXVI'",
        "calendar show --year 1999|XNYS is known from 2000-01-01 on, the days were [1999-01-01, 2000-01-01)",
        "calendar show CRYPTO --from 2199-12-31|days must be between 1900 and 2200"
      })
  void aBadLineIsAUsageErrorThatNamesTheValue(String line, String message) {
    Run run = run(line.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("usage error: ").contains(message);
  }

  @Test
  void listSaysWhichAreOpenAndWhenThatChanges() throws IOException {
    write("c.yaml", "");
    write("calendar.yaml", "calendars: { OFF: { zone: UTC, open: 09:00, close: 10:00 } }\n");

    Run run = run("calendar", "list", "-c", "c.yaml");
    JsonNode data = JSON.readTree(run("calendar", "list", "-o", "json").out()).get("data");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEqualTo("source calendar.yaml\n");
    assertThat(run.out())
        .isEqualTo(
            """
            name    zone              hours        state   closes                opens
            CRYPTO  UTC               00:00-24:00  open    2025-10-25T00:00:00Z  2025-10-25T00:00:00Z
            OFF     UTC               09:00-10:00  closed  -                     2025-10-27T09:00:00Z
            XNYS    America/New_York  09:30-16:00  open    2025-10-24T20:00:00Z  2025-10-27T13:30:00Z
            """);
    assertThat(data).hasSize(2);
    assertThat(data.get(1).get("hours")).hasToString("[\"09:30-16:00\"]");
  }

  @Test
  void aWrongFileIsToldWithItsPlaceByEveryCommandThatNeedsIt() throws IOException {
    write("configs/calendar.yaml", "calendars:\n  XNYS: { zone: UTC }\n");
    String message = "configs/calendar.yaml:2:11: key 'zone' is not used here: XNYS is built in";

    for (String line :
        new String[] {
          "calendar show",
          "calendar list",
          "config check --no-connect",
          "bars list --from open",
          "verify bars --to close"
        }) {
      Run run = run(line.split(" "));
      assertThat(run.code()).as(line).isEqualTo(78);
      assertThat(run.err()).as(line).contains(message);
      assertThat(run.out()).as(line).isEmpty();
    }
  }

  @Test
  void theCheckReportsCalendarsBesideTheOtherFiles() throws IOException {
    write("configs/calendar.yaml", "calendars: { X: { zone: UTC, open: 9, close: 10:00 } }\n");
    write("configs/rules.yaml", "- { name: a, condition: \"price > 1\", signal: by }\n");
    write("configs/streaming.yaml", "ticks: { batch_size: x }\n");

    Run run = run("config", "check", "--no-connect");
    JsonNode data =
        JSON.readTree(run("config", "check", "--no-connect", "-o", "json").out()).get("data");

    assertThat(run.code()).isEqualTo(78);
    assertThat(run.err())
        .contains(
            "configs/streaming.yaml:1:22: ticks.batch_size: want a whole number",
            "rules.yaml:1:46: rules[0].signal: want a number",
            "configs/calendar.yaml:1:36: calendars.X.open: want a time of day");
    assertThat(data)
        .extracting(each -> each.get("key").asText())
        .containsExactly("ticks.batch_size", "rules[0].signal", "calendars.X.open");
  }

  @Test
  void aGoodCheckNamesTheCalendars() throws IOException {
    assertThat(run("config", "check", "--no-connect").out())
        .contains("calendars    CRYPTO, XNYS (built in)\n");
    write("configs/calendar.yaml", "calendars: { X: { zone: UTC, open: 09:00, close: 10:00 } }\n");
    assertThat(run("config", "check", "--no-connect").out())
        .contains("calendars    CRYPTO, X, XNYS (configs/calendar.yaml)\n");
  }

  @Test
  void aConfigurationThatIsNotThereIsNamed() {
    assertThat(run("calendar", "list", "-c", "nope.yaml").err())
        .isEqualTo(
            "configuration error: no such file: nope.yaml (name the configuration with --config FILE)\n");
  }

  @Test
  void calendarsAreRememberedForCompletion() throws IOException {
    write(
        "configs/calendar.yaml", "calendars: { MINE: { zone: UTC, open: 09:00, close: 10:00 } }\n");

    Run run = Run.in(folder, Map.of("HOME", folder.toString()), "calendar", "list");

    assertThat(run.code()).isZero();
    assertThat(Files.readString(folder.resolve(".cache/mdp/completion")))
        .contains("calendar\tMINE\n", "calendar\tXNYS\n", "calendar\tCRYPTO\n");
  }

  private Run run(String... args) {
    return Run.in(folder, Map.of(), args);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
