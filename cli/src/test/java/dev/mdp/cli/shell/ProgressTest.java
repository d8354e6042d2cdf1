package dev.mdp.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter err = new StringWriter();
  private Instant now = Instant.parse("2025-10-24T14:00:00Z");

  @Test
  void writesOneLineOverOnATerminalWithRateAndTimeLeft() {
    Progress progress = new Progress(new PrintWriter(err), true, () -> now);

    progress.update(10, "ticks", 0.1);
    now = now.plusSeconds(2);
    progress.update(5_000, "ticks", 0.5);
    progress.update(5_001, "ticks", 0.5);
    progress.clear();

    assertThat(err)
        .hasToString(
            "\r\u001b[K############............  50%  5000 ticks  2500/s  2 s left\r\u001b[K");
  }

  @Test
  void saysALineEveryHalfMinuteInALog() {
    Progress progress = new Progress(new PrintWriter(err), false, () -> now);

    for (int second = 0; second < 60; second++) {
      now = now.plusSeconds(1);
      progress.update(second, "sent", 0);
    }
    progress.clear();

    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.endsWith("time left unknown") && !line.contains("\u001b"));
  }

  @Test
  void aShareThatIsNoShareDoesNotBreakIt() {
    Progress progress = new Progress(new PrintWriter(err), false, () -> now);

    now = now.plusSeconds(31);
    progress.update(1, "removed", 7.5);

    assertThat(err.toString()).startsWith("######################## 100%");
  }
}
