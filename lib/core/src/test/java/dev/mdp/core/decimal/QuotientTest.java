package dev.mdp.core.decimal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotientTest {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  @ParameterizedTest
  @ValueSource(doubles = {105487.6, 424.98999999999995, 0.1, 1e-100, 1e100, -37.63, 8.41e21})
  void onePriceIsItsOwnMeanWhateverWasTraded(double price) {
    for (double size : new double[] {1, 0.00001234, 0.1, 3, 7e-100, 8.41e21, 1e100, 1.0 / 3}) {
      BigDecimal volume = Decimals.shortest(size);

      assertThat(Quotient.nearest(Decimals.shortest(price).multiply(volume), volume))
          .as("%s × %s", price, size)
          .isEqualTo(price);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 0.3333333333333333",
    "-1, 3, -0.3333333333333333",
    "1, -3, -0.3333333333333333",
    "0, 5, 0.0",
    "-0.00, 5, 0.0",
    "9007199254740993, 1, 9007199254740992", // halfway: to even
    "9007199254740995, 1, 9007199254740996",
    "18014398509481986, 2, 9007199254740992",
    "18014398509481987, 2, 9007199254740994", // just above halfway
    "1e-324, 1, 0.0",
    "-1e-400, 1, 0.0", // never -0.0
    "3e-324, 1, 4.9E-324",
    "2.4703282292062327e-324, 1, 0.0",
    "2.4703282292062328e-324, 1, 4.9E-324",
    "2.2250738585072011e-308, 1, 2.225073858507201E-308",
    "1e308, 1e-1, Infinity",
    "-1e308, 1e-1, -Infinity",
    "1.7976931348623158e308, 1, 1.7976931348623157E308"
  })
  void roundsTheExactQuotientOnce(BigDecimal numerator, BigDecimal denominator, double expected) {
    assertThat(Quotient.nearest(numerator, denominator)).isEqualTo(expected);
    assertThat(of(numerator).over(of(denominator))).isEqualTo(expected);
  }

  @Test
  void overZeroThereIsNone() {
    assertThat(of(BigDecimal.ONE).over(new DecimalSum())).isNaN();
    assertThat(new DecimalSum().over(new DecimalSum())).isNaN();
    assertThat(Quotient.nearest(new BigDecimal("1e40"), new BigDecimal("0e-30"))).isNaN();
  }

  @Test
  void noDoubleIsNearer() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200_000; i++) {
      long numerator = whole(random);
      long denominator = Math.max(1, Math.abs(whole(random)));
      int scale = random.nextInt(-20, 21);

      double quotient = Quotient.nearest(numerator, denominator, scale);

      requireNearest(
          BigDecimal.valueOf(numerator, scale), BigDecimal.valueOf(denominator), quotient);
    }
  }

  @Test
  void noDoubleIsNearerAtAnyMagnitude() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 50_000; i++) {
      BigDecimal numerator = decimal(random);
      BigDecimal denominator = decimal(random).abs();
      if (denominator.signum() > 0) {
        requireNearest(numerator, denominator, Quotient.nearest(numerator, denominator));
      }
    }
  }

  /// A quotient that lies exactly in the middle of two doubles, and its two next neighbours.
  @Test
  void halvesGoToTheEvenDoubleAndWhatIsBesideThemDoesNot() {
    SplittableRandom random = new SplittableRandom(13);
    for (int i = 0; i < 50_000; i++) {
      double low = Math.scalb(1 + random.nextDouble(), random.nextInt(-1070, 1000));
      BigDecimal middle = new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(TWO);
      BigDecimal denominator = Decimals.shortest(random.nextDouble() + 0.001);
      BigDecimal numerator = middle.multiply(denominator);
      BigDecimal little = numerator.ulp();

      for (BigDecimal each :
          new BigDecimal[] {numerator, numerator.add(little), numerator.subtract(little)}) {
        requireNearest(each, denominator, Quotient.nearest(each, denominator));
      }
    }
  }

  @Test
  void aWeightedMeanLiesBetweenTheLeastAndTheLargest() {
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < 20_000; i++) {
      DecimalSum volume = new DecimalSum();
      DecimalSum notional = new DecimalSum();
      double first = random.nextInt(4) == 0 ? -random.nextDouble() : 100_000 * random.nextDouble();
      double low = first;
      double high = first;
      for (int trade = 0; trade < 3; trade++) {
        double price = random.nextBoolean() ? first : Math.nextUp(first);
        low = Math.min(low, price);
        high = Math.max(high, price);
        BigDecimal size = Decimals.shortest(random.nextDouble());
        volume.add(size);
        notional.add(size.multiply(Decimals.shortest(price)));
      }

      assertThat(notional.over(volume)).isBetween(low, high);
    }
  }

  /// By exact arithmetic alone: twice the numerator lies between the sums with both neighbours.
  private static void requireNearest(BigDecimal numerator, BigDecimal denominator, double found) {
    BigDecimal twice = numerator.multiply(TWO);
    if (Double.isInfinite(found)) {
      BigDecimal middle =
          new BigDecimal(BigInteger.TWO.pow(1024).subtract(BigInteger.TWO.pow(970)));
      assertThat(numerator.abs()).isGreaterThanOrEqualTo(middle.multiply(denominator));
      return;
    }
    BigDecimal exact = new BigDecimal(found);
    int below = twice.compareTo(exact.add(neighbour(found, false)).multiply(denominator));
    int above = twice.compareTo(exact.add(neighbour(found, true)).multiply(denominator));
    boolean even = (Double.doubleToRawLongBits(found) & 1) == 0;
    assertThat(even ? below >= 0 && above <= 0 : below > 0 && above < 0)
        .as("%s / %s = %s", numerator, denominator, found)
        .isTrue();
  }

  private static BigDecimal neighbour(double value, boolean up) {
    double next = up ? Math.nextUp(value) : Math.nextDown(value);
    return Double.isInfinite(next)
        ? new BigDecimal(BigInteger.TWO.pow(1024))
            .multiply(BigDecimal.valueOf((long) Math.signum(next)))
        : new BigDecimal(next);
  }

  private static long whole(RandomGenerator random) {
    long bits = random.nextLong() >> random.nextInt(64);
    return switch (random.nextInt(20)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      case 2 -> (1L << 53) + random.nextInt(-2, 3);
      default -> bits;
    };
  }

  private static BigDecimal decimal(RandomGenerator random) {
    BigInteger whole =
        new BigInteger(random.nextInt(1, 200), new java.util.Random(random.nextLong()));
    int scale = random.nextInt(-120, 350);
    return new BigDecimal(random.nextBoolean() ? whole : whole.negate(), scale);
  }

  private static DecimalSum of(BigDecimal number) {
    DecimalSum sum = new DecimalSum();
    sum.add(number);
    sum.subtract(new DecimalSum());
    return sum;
  }
}
