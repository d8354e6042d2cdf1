package dev.mdp.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Report report = new Report(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Series series(double... values) {
    Series series = new Series();
    for (double value : values) {
      series.add(value);
    }
    return series;
  }

  @Test
  void theMedianDecidesWhetherTheGoalIsMet() {
    report.figure("rate", series(500, 300, 100), Report.Goal.AT_LEAST, 250);
    report.figure("time", series(500, 300, 100), Report.Goal.AT_MOST, 250);

    assertThat(printed())
        .containsPattern("rate +300.00 +100.00 +500.00 +≥ 250.00 {2}met")
        .containsPattern("time +300.00 +100.00 +500.00 +≤ 250.00 {2}NOT met");
    assertThat(report.anyVoid()).isFalse();
  }

  @Test
  void aTableThatDiffersFromTheGeneratorVoidsTheFigures() {
    report.difference("");
    report.difference("bars_ohlcv of x: 9 rows, the generator made 10");
    report.figure("rate", series(500), Report.Goal.AT_LEAST, 250);
    report.endOfPart();

    assertThat(printed()).contains("VOID").contains("9 rows").doesNotContain("500");
    assertThat(report.anyVoid()).isTrue();
  }
}
