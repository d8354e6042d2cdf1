package dev.mdp.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StderrTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-10-24T14:00:00Z"), ZoneOffset.UTC);

  private final StringWriter screen = new StringWriter();
  private final PrintWriter writer = new PrintWriter(screen);
  private final Stderr stderr = new Stderr(writer, writer, CLOCK);

  @Test
  void aLogLineGoesAboveTheLiveLine() {
    stderr.live("12 ticks/s");
    stderr.log("WARN bus is away\n");
    stderr.notices().println("draining");
    stderr.live("13 ticks/s");
    stderr.endLive();

    assertThat(screen)
        .hasToString(
            "\r\u001b[K12 ticks/s"
                + "\r\u001b[KWARN bus is away\n12 ticks/s"
                + "\r\u001b[Kdraining\n12 ticks/s"
                + "\r\u001b[K13 ticks/s\n");
  }

  @Test
  void progressThatIsWrittenOverIsTheLiveLine() {
    PrintWriter notices = stderr.notices();
    notices.print("\r\u001b[K##.. 50%");
    notices.flush();
    stderr.log("INFO owned\n");
    notices.print("\r\u001b[K");
    notices.flush();
    notices.println("done");

    assertThat(screen)
        .hasToString(
            "\r\u001b[K##.. 50%" + "\r\u001b[KINFO owned\n##.. 50%" + "\r\u001b[K" + "done\n");
  }

  @Test
  void underJsonEveryLineIsAnObject() {
    stderr.follow(() -> LogFormat.JSON, () -> false);
    stderr.live("12 ticks/s");
    stderr.notices().print("range [a, b)\nsay \"x\"\n");
    stderr.warnings().println("2 refused");
    stderr.error("data error: bad\n\tat x\n", "data error: bad", Map.of("exit_code", 65));

    assertThat(screen.toString().lines())
        .containsExactly(
            line("INFO", "range [a, b)") + "}",
            line("INFO", "say \\\"x\\\"") + "}",
            line("WARN", "2 refused") + "}",
            line("ERROR", "data error: bad") + ",\"exit_code\":65}");
  }

  @Test
  void whatALogSettlesCountsForEveryLineAfterIt() {
    stderr.follow(() -> LogFormat.AUTO, () -> false);
    stderr.notices().println("before");
    stderr.startLog(LogFormat.JOURNAL);
    stderr.notices().println("after");
    stderr.error("x\n", "bug", Map.of("stack", "Oops\n\tat y"));

    assertThat(screen).hasToString("before\n<6>after\n<3>bug\n<3>Oops\n<3>\\x09at y\n");
  }

  @Test
  void quietLeavesWarningsAndErrors() {
    stderr.follow(() -> LogFormat.TEXT, () -> true);
    stderr.live("12 ticks/s");
    stderr.notices().println("done");
    stderr.warnings().println("2 refused");
    stderr.error("data error: bad\n", "data error: bad", Map.of());

    assertThat(screen).hasToString("2 refused\ndata error: bad\n");
  }

  private static String line(String level, String message) {
    return "{\"time\":\"2025-10-24T14:00:00.000000Z\",\"level\":\"%s\",\"logger\":\"mdp\",\"message\":\"%s\""
        .formatted(level, message);
  }
}
