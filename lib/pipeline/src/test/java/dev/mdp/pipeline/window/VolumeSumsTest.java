package dev.mdp.pipeline.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.decimal.Decimals;
import dev.mdp.testkit.property.Property;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class VolumeSumsTest {
  @Test
  void sumsOfTenthsAreExact() {
    VolumeSums sums = new VolumeSums();
    VolumeSums.Scales scales = new VolumeSums.Scales();

    for (int i = 0; i < 10; i++) {
      sums.add(1, 0.1, scales);
    }

    assertThat(sums.volume()).isEqualTo(1.0);
  }

  @Test
  void volumeAndVwapEqualADecimalRecomputeWhateverTheNumbersAre() {
    Property.check(1_000, VolumeSumsTest::compareWithDecimals);
  }

  @Test
  void oneTradeHasItsPriceAsItsMean() {
    VolumeSums sums = new VolumeSums();

    sums.add(105487.6, 0.00123, new VolumeSums.Scales());

    assertThat(sums.vwap()).isEqualTo(105487.6);
  }

  @Test
  void theMeanLiesWithinThePricesAndOnePriceIsItself() {
    Property.check(1_000, VolumeSumsTest::compareWithPrices);
  }

  private static void compareWithPrices(RandomGenerator random) {
    VolumeSums sums = new VolumeSums();
    VolumeSums.Scales scales = new VolumeSums.Scales();
    double base = random.nextInt(5) == 0 ? -37.63 : number(random, random.nextInt(4));
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean constant = random.nextBoolean();
    int trades = 1 + random.nextInt(20);
    for (int i = 0; i < trades; i++) {
      double price = constant || random.nextBoolean() ? base : Math.nextUp(base);
      double size = Math.abs(number(random, random.nextInt(4)));
      if (size > 0) {
        sums.add(price, size, scales);
        low = Math.min(low, price);
        high = Math.max(high, price);
      }
    }

    if (low <= high) {
      assertThat(sums.vwap()).isBetween(low, high);
    }
  }

  private static void compareWithDecimals(RandomGenerator random) {
    VolumeSums sums = new VolumeSums();
    VolumeSums.Scales scales = new VolumeSums.Scales();
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal notional = BigDecimal.ZERO;
    int style = random.nextInt(4);
    int trades = 1 + random.nextInt(60);
    for (int i = 0; i < trades; i++) {
      double price = number(random, style);
      double size = Math.abs(number(random, style));
      if (size == 0) {
        continue;
      }
      sums.add(price, size, scales);
      volume = volume.add(Decimals.shortest(size));
      notional = notional.add(Decimals.shortest(price).multiply(Decimals.shortest(size)));
    }

    double expectedVolume = volume.doubleValue();
    double expectedVwap =
        expectedVolume == 0
            ? Double.NaN
            : notional.divide(volume, new MathContext(400)).doubleValue();

    assertThat(sums.volume()).isEqualTo(expectedVolume);
    assertThat(sums.vwap()).isEqualTo(expectedVwap);
  }

  /// Prices as exchanges write them, whole lots, arbitrary doubles, and huge or tiny ones.
  private static double number(RandomGenerator random, int style) {
    return switch (style) {
      case 0 ->
          BigDecimal.valueOf(random.nextDouble(0.01, 70_000))
              .setScale(random.nextInt(9), RoundingMode.HALF_UP)
              .doubleValue();
      case 1 -> random.nextInt(1, 10_000);
      case 2 -> random.nextDouble() * 1000;
      default -> random.nextDouble() * Math.pow(10, random.nextInt(-30, 30));
    };
  }
}
