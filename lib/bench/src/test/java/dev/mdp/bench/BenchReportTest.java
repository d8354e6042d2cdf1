package dev.mdp.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BenchReportTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final BenchReport report =
      new BenchReport(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static BenchSeries series(double... values) {
    BenchSeries series = new BenchSeries();
    for (double value : values) {
      series.add(value);
    }
    return series;
  }

  @Test
  void theMedianDecidesWhetherTheGoalIsMet() {
    report.figure("rate", series(500, 300, 100), BenchReport.Goal.AT_LEAST, 250);
    report.figure("time", series(500, 300, 100), BenchReport.Goal.AT_MOST, 250);

    assertThat(printed())
        .containsPattern("rate +300.00 +100.00 +500.00 +≥ 250.00 {2}met")
        .containsPattern("time +300.00 +100.00 +500.00 +≤ 250.00 {2}NOT met");
    assertThat(report.anyVoid()).isFalse();
  }

  @Test
  void aTableThatDiffersFromTheGeneratorVoidsTheFigures() {
    report.difference("");
    report.difference("bars_ohlcv of x: 9 rows, the generator made 10");
    report.figure("rate", series(500), BenchReport.Goal.AT_LEAST, 250);
    report.endOfPart();

    assertThat(printed()).contains("VOID").contains("9 rows").doesNotContain("500");
    assertThat(report.anyVoid()).isTrue();
  }
}
