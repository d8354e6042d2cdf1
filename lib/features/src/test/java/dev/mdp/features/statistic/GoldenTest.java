package dev.mdp.features.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mdp.features.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Values that others computed.
class GoldenTest {
  private static final int PERIODS = 14;

  @Test
  void rsiIsTheOneOfTheReference() throws IOException {
    Wilder wilder = new Wilder(PERIODS);

    compare(
        "rsi",
        close -> {
          wilder.add(close);
          return wilder.value();
        });
  }

  @Test
  void rateOfChangeIsTheOneOfTheReferenceInPercent() throws IOException {
    RateOfChange change = new RateOfChange(PERIODS);

    compare(
        "roc",
        close -> {
          change.add(close);
          return 100 * change.value();
        });
  }

  @Test
  void populationDeviationIsTheOneOfTheReference() throws IOException {
    Moments moments = new Moments(2);
    List<Double> window = new ArrayList<>();

    compare(
        "stdDev",
        close -> {
          moments.add(close);
          window.add(close);
          if (window.size() > PERIODS) {
            moments.remove(window.removeFirst());
          }
          return window.size() < PERIODS ? Double.NaN : moments.central().populationDeviation();
        });
  }

  /// The figures of scipy and pandas for this sample.
  @Test
  void skewnessAndKurtosisAreTheAdjustedOnes() {
    Moments moments = new Moments(4);
    List.of(1.165, 0.6268, 0.0751, 0.3516, -0.6965).forEach(moments::add);

    CentralMoments central = moments.central();

    assertThat(central.skewness()).isCloseTo(-0.437111105023940, within(1e-14));
    assertThat(central.excessKurtosis()).isCloseTo(0.663542721189047, within(1e-14));
  }

  private static void compare(String field, DoubleUnaryOperator statistic) throws IOException {
    List<Double> closes = closes();
    List<Double> expected = golden(field);
    assertThat(closes).hasSameSizeAs(expected).hasSize(502);

    int defined = 0;
    for (int i = 0; i < closes.size(); i++) {
      double value = statistic.applyAsDouble(closes.get(i));
      if (expected.get(i).isNaN()) {
        assertThat(value).as("%s %d", field, i).isNaN();
      } else {
        assertThat(value).as("%s %d", field, i).isCloseTo(expected.get(i), within(1e-10));
        defined++;
      }
    }
    assertThat(defined).isGreaterThan(480);
  }

  private static List<Double> closes() throws IOException {
    return Files.readAllLines(SharedData.file("indicators/default.csv")).stream()
        .skip(1)
        .map(line -> Double.valueOf(line.split(",", -1)[4]))
        .toList();
  }

  private static List<Double> golden(String field) throws IOException {
    String name = field.equals("stdDev") ? "stdev" : field;
    String json = Files.readString(SharedData.file("indicators/" + name + ".standard.json"));
    Matcher matcher = Pattern.compile('"' + field + "\": (null|[-+.eE0-9]+)").matcher(json);
    List<Double> values = new ArrayList<>();
    while (matcher.find()) {
      String text = matcher.group(1);
      values.add(text.equals("null") ? Double.NaN : Double.parseDouble(text));
    }
    return values;
  }
}
