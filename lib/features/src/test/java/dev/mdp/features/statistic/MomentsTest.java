package dev.mdp.features.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MomentsTest {
  private static final MathContext DIGITS = new MathContext(120);

  @Test
  void theyAreThoseOfTwoPassesInDecimals() {
    Property.check(500, MomentsTest::compareWithTwoPasses);
  }

  @Test
  void tenMillionNumbersLaterTheyAreThoseOfAFreshSample() {
    RandomGenerator random = new SplittableRandom(7);
    double[] window = new double[100];
    Moments moments = new Moments(4);
    for (int i = 0; i < 5_000_000; i++) {
      double number = random.nextDouble(-1e-3, 1e-3) * (i % 1_000 == 0 ? 1e6 : 1);
      if (i >= window.length) {
        moments.remove(window[i % window.length]);
      }
      moments.add(number);
      window[i % window.length] = number;
    }

    Moments fresh = new Moments(4);
    for (double number : window) {
      fresh.add(number);
    }
    assertThat(moments.central()).isEqualTo(fresh.central());
  }

  @Test
  void equalNumbersHaveNoVarianceAndNoShape() {
    Moments moments = new Moments(4);
    for (int i = 0; i < 10; i++) {
      moments.add(0.1);
    }

    CentralMoments central = moments.central();

    assertThat(central.sampleDeviation()).isZero();
    assertThat(central.skewness()).isNaN();
    assertThat(central.excessKurtosis()).isNaN();
  }

  @Test
  void tooFewNumbersDefineNothing() {
    Moments moments = new Moments(4);
    assertThat(moments.central().populationDeviation()).isNaN();

    moments.add(1);
    assertThat(moments.central().sampleDeviation()).isNaN();
    moments.add(2);
    assertThat(moments.central().skewness()).isNaN();
    moments.add(4);
    assertThat(moments.central().excessKurtosis()).isNaN();
    assertThat(moments.central().skewness()).isPositive();
  }

  @Test
  void nothingOverflowsAtEitherEndOfTheDoubles() {
    CentralMoments plain = sampleOf(1);

    for (double unit : List.of(1e300, 1e-300, Double.MIN_VALUE)) {
      CentralMoments central = sampleOf(unit);
      assertThat(central.skewness()).isCloseTo(plain.skewness(), within(1e-14));
      assertThat(central.excessKurtosis()).isCloseTo(plain.excessKurtosis(), within(1e-14));
      assertThat(central.sampleDeviation() / unit).isCloseTo(plain.sampleDeviation(), within(0.5));
    }
  }

  @Test
  void momentsThatWereNotCollectedAreNotAnsweredAsZero() {
    Moments moments = new Moments(2);

    assertThatThrownBy(() -> moments.central().skewness())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("want moments of order 3, there are 2");
  }

  private static CentralMoments sampleOf(double unit) {
    Moments moments = new Moments(4);
    List.of(1.0, 2.0, 3.0, 4.0, 9.0).forEach(each -> moments.add(each * unit));
    return moments.central();
  }

  private static void compareWithTwoPasses(Choices choices) {
    Moments moments = new Moments(4);
    List<Double> sample = new ArrayList<>();
    double offset = choices.oneOf(List.of(0.0, 1e6, -3e-9));
    int exponents = choices.nextInt(1, 25);
    for (int i = choices.nextInt(5, 40); i > 0; i--) {
      double number =
          offset + (choices.nextDouble() - 0.5) * Math.pow(2, -choices.nextInt(exponents));
      moments.add(number);
      sample.add(number);
      if (choices.onceIn(4)) {
        moments.remove(sample.remove(choices.nextInt(sample.size())));
      }
    }
    while (sample.size() < 4) {
      sample.add(offset + sample.size());
      moments.add(sample.getLast());
    }

    CentralMoments central = moments.central();

    BigDecimal n = BigDecimal.valueOf(sample.size());
    BigDecimal mean =
        sample.stream()
            .map(BigDecimal::new)
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(n, DIGITS);
    BigDecimal m2 = power(sample, mean, 2);
    if (m2.precision() - m2.scale() < -80) {
      return;
    }
    BigDecimal m3 = power(sample, mean, 3);
    BigDecimal m4 = power(sample, mean, 4);
    double count = sample.size();
    double deviation = m2.divide(n.subtract(BigDecimal.ONE), DIGITS).sqrt(DIGITS).doubleValue();
    double skewness =
        m3.divide(m2.multiply(m2.sqrt(DIGITS)), DIGITS).doubleValue()
            * (count * Math.sqrt(count - 1) / (count - 2));
    double divisor = (count - 2) * (count - 3);
    double adjusted =
        m4.divide(m2.multiply(m2), DIGITS).doubleValue()
            * count
            * (count + 1)
            * (count - 1)
            / divisor;
    double kurtosis = adjusted - 3 * (count - 1) * (count - 1) / divisor;
    assertThat(central.sampleDeviation()).isCloseTo(deviation, within(1e-14 * deviation));
    assertThat(central.skewness()).isCloseTo(skewness, within(1e-14 + 1e-14 * Math.abs(skewness)));
    assertThat(central.excessKurtosis()).isCloseTo(kurtosis, within(1e-13 + 1e-14 * adjusted));
  }

  private static BigDecimal power(List<Double> sample, BigDecimal mean, int exponent) {
    return sample.stream()
        .map(each -> new BigDecimal(each).subtract(mean).pow(exponent))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
