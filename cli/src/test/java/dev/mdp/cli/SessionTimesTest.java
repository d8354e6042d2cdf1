package dev.mdp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `open` and `close` in `--from` and `--to`, by the range that commands print before they connect.
class SessionTimesTest {
  /// No one listens there.
  private static final String NOWHERE = "store.url=postgresql://127.0.0.1:1/x";

  private static final Instant FRIDAY_MORNING = Run.NOW;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    // Friday before the open, while it runs, after the close, and on the Sunday after
    "2025-10-24T13:29:59Z, open, close, 2025-10-23T13:30:00Z, 2025-10-23T20:00:00Z",
    "2025-10-24T13:30:01Z, open, close, 2025-10-24T13:30:00Z, 2025-10-24T13:30:01Z",
    "2025-10-24T14:00:00Z, open, close, 2025-10-24T13:30:00Z, 2025-10-24T14:00:00Z",
    "2025-10-24T20:00:00Z, open, close, 2025-10-24T13:30:00Z, 2025-10-24T20:00:00Z",
    "2025-10-26T12:00:00Z, open, close, 2025-10-24T13:30:00Z, 2025-10-24T20:00:00Z",
    // the last close there was
    "2025-10-24T14:00:00Z, close, now, 2025-10-23T20:00:00Z, 2025-10-24T14:00:00Z",
    "2025-10-24T21:00:00Z, close, now, 2025-10-24T20:00:00Z, 2025-10-24T21:00:00Z",
    "2025-10-24T14:00:00Z, close, open, 2025-10-23T20:00:00Z, 2025-10-24T13:30:00Z",
    // Thanksgiving and the short day after it
    "2026-11-26T18:00:00Z, open, close, 2026-11-25T14:30:00Z, 2026-11-25T21:00:00Z",
    "2026-11-27T20:00:00Z, open, close, 2026-11-27T14:30:00Z, 2026-11-27T18:00:00Z",
    // a date
    "2025-10-24T14:00:00Z, 2025-07-03 open, 2025-07-03 close, 2025-07-03T13:30:00Z, 2025-07-03T17:00:00Z",
    "2025-10-24T14:00:00Z, 2025-10-24 open, 2025-10-24 close, 2025-10-24T13:30:00Z, 2025-10-24T20:00:00Z",
    "2025-10-24T14:00:00Z, 2025-10-20 open, close, 2025-10-20T13:30:00Z, 2025-10-24T14:00:00Z",
    "2025-10-24T14:00:00Z, 2026-03-09  open, 2026-03-09 XNYS:close, 2026-03-09T13:30:00Z, 2026-03-09T20:00:00Z",
    // another calendar, and other forms beside
    "2025-10-24T14:00:00Z, CRYPTO:open, CRYPTO:close, 2025-10-24T00:00:00Z, 2025-10-24T14:00:00Z",
    "2025-10-24T14:00:00Z, 2025-10-20 CRYPTO:open, 2025-10-20 CRYPTO:close, 2025-10-20T00:00:00Z, 2025-10-21T00:00:00Z",
    "2025-10-24T14:00:00Z, 24h, open, 2025-10-23T14:00:00Z, 2025-10-24T13:30:00Z",
    "2025-10-24T14:00:00Z, open, 2025-10-24T15:00:00Z, 2025-10-24T13:30:00Z, 2025-10-24T15:00:00Z"
  })
  void rangesAreMadeOfTradingDays(Instant now, String from, String to, Instant first, Instant end) {
    Run run = Run.at(now, folder, "bars", "list", "--from", from, "--to", to, "--set", NOWHERE);

    assertThat(run.err()).startsWith("range [" + first + ", " + end + ")\n");
    assertThat(run.code()).isEqualTo(69);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bars list", "bars export", "ticks export", "signals list", "verify bars"})
  void everyRangeOfTheStoreTakesThem(String command) {
    Run run = atDesk(command + " --from open --to close");
    Run crypto = atDesk(command + " --calendar CRYPTO --from open --to 2025-10-24_close");

    assertThat(run.err()).contains("range [2025-10-24T13:30:00Z, 2025-10-24T14:00:00Z)\n");
    assertThat(run.code()).isEqualTo(69);
    assertThat(crypto.err()).contains("range [2025-10-24T00:00:00Z, 2025-10-25T00:00:00Z)\n");
  }

  @Test
  void aReplayTakesThemToo() throws IOException {
    Files.writeString(
        folder.resolve("c.yaml"), "datasets: { d: { type: ticks, provider: p, symbol: SPY } }\n");

    Run empty = atDesk("stream replay -c c.yaml --dataset d --from close --to 2025-10-23_close");
    Run wrong = atDesk("stream replay -c c.yaml --dataset d --from XNYX:open");

    assertThat(empty.err())
        .contains(
            "--from must be before --to, was 2025-10-23T20:00:00.000000Z and 2025-10-23T20:00:00");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--from: unknown calendar 'XNYX'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--from 2026-11-26_open|--from: XNYS is closed on 2026-11-26 (Thanksgiving Day), want a trading day, e.g. '2026-11-27 open'",
        "--from 1d --to 2026-11-28_close|--to: XNYS is closed on 2026-11-28 (Saturday), want a trading day, e.g. '2026-11-30 close'",
        "--from XNSY:open|--from: unknown calendar 'XNSY' (available: CRYPTO, XNYS) — did you mean 'XNYS'?",
        "--from open --calendar xnys|--calendar: unknown calendar 'xnys' (available: CRYPTO, XNYS) — did you mean 'XNYS'?",
        "--from 2h --calendar CRYPTO|--calendar: has a meaning only for open and close, e.g. --from open",
        "--from XNYS:open --calendar CRYPTO|--calendar: has a meaning only for open and close",
        "--from opening|--from: not a time: 'opening' (want 2025-10-24T14:00:00Z, 2025-10-24, 1761314400, now, 2h for two hours ago, open, close, or '2025-10-24 open')",
        "--from OPEN|--from: not a time: 'OPEN'",
        "--from XNYS:|--from: not a time: 'XNYS:'",
        "--from 2026-02-30_open|--from: not a time: '2026-02-30 open'",
        "--from XNYS:open_XNYS:close|--from: not a time: 'XNYS:open XNYS:close'",
        "--from 1999-12-30_open|--from: XNYS is known from 2000-01-01 on, not on 1999-12-30",
        "--from 2300-01-02_CRYPTO:open|--from: 2300-01-02T00:00:00Z is not between 1900 and 2200",
        "--from open --to open|--from must be before --to, was 2025-10-24T13:30:00Z and 2025-10-24T13:30:00Z"
      })
  void whatIsWrongIsNamedWithAnExample(String options, String message) {
    Run run = atDesk("bars export " + options);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("usage error: " + message);
  }

  @Test
  void anotherCalendarOfTheFileCountsItsDays() throws IOException {
    Files.createDirectories(folder.resolve("configs"));
    Files.writeString(
        folder.resolve("configs/calendar.yaml"),
        """
        calendars:
          XTKS:
            zone: Asia/Tokyo
            sessions: [ { open: 09:00, close: 11:30 }, { open: 12:30, close: 15:30 } ]
          ES: { zone: America/Chicago, open: 17:00, close: 16:00 }
        """);

    Run tokyo = atDesk("bars list --calendar XTKS --from open --to close");
    Run lunch =
        Run.at(
            Instant.parse("2025-10-24T03:00:00Z"),
            folder,
            ("bars list --calendar XTKS --from open --to close --set " + NOWHERE).split(" "));
    Run futures = atDesk("bars list --calendar ES --from open --to close");

    assertThat(tokyo.err()).contains("range [2025-10-24T00:00:00Z, 2025-10-24T06:30:00Z)\n");
    assertThat(lunch.err()).contains("range [2025-10-24T00:00:00Z, 2025-10-24T03:00:00Z)\n");
    assertThat(futures.err()).contains("range [2025-10-23T22:00:00Z, 2025-10-24T14:00:00Z)\n");
  }

  @Test
  void withoutARangeACalendarIsRefused() {
    assertThat(atDesk("bars list --calendar CRYPTO").code()).isEqualTo(2);
    assertThat(atDesk("verify bars --calendar CRYPTO").err())
        .contains("--calendar: has a meaning only for open and close");
  }

  /// @param line an argument may have a space, written `_`
  private Run atDesk(String line) {
    String[] args =
        Arrays.stream((line + " --set " + NOWHERE).split(" "))
            .map(word -> word.replace('_', ' '))
            .toArray(String[]::new);
    return Run.at(FRIDAY_MORNING, folder, args);
  }
}
