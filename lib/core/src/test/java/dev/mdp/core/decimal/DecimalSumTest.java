package dev.mdp.core.decimal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DecimalSumTest {
  @Test
  void sumsOfTenthsAreExact() {
    DecimalSum sum = new DecimalSum();

    for (int i = 0; i < 10; i++) {
      sum.add(1, 1);
    }

    assertThat(sum.value()).isEqualTo(1.0);
  }

  @Test
  void whatIsSubtractedLeavesNothingWhateverTheNumbersAre() {
    for (long seed = 0; seed < 1_000; seed++) {
      slideAWindow(seed);
    }
  }

  @Test
  void aSumIsCompactAgainWhenTheTermThatWasTooLongIsGone() {
    DecimalSum sum = new DecimalSum();
    DecimalSum tiny = of(new BigDecimal("1E-40"));
    DecimalSum huge = of(new BigDecimal("1E+40"));
    sum.add(125, 2);

    sum.add(tiny);
    sum.add(huge);
    boolean compactInBetween = sum.isCompact();
    sum.subtract(huge);
    sum.subtract(tiny);

    assertThat(compactInBetween).isFalse();
    assertThat(sum.isCompact()).isTrue();
    assertThat(sum.exact()).isEqualTo(new BigDecimal("1.25"));
  }

  @Test
  void hundredsAreCompactAtScaleZero() {
    DecimalSum sum = of(new BigDecimal("3E+2"));

    sum.subtract(new DecimalSum());

    assertThat(sum.isCompact()).isTrue();
    assertThat(sum.exact()).isEqualTo(new BigDecimal("300"));
  }

  @Test
  void theSmallestLongIsSubtractedWithoutOverflow() {
    DecimalSum smallest = new DecimalSum();
    smallest.add(Long.MIN_VALUE, 3);
    DecimalSum sum = new DecimalSum();

    sum.subtract(smallest);

    assertThat(sum.exact()).isEqualByComparingTo(BigDecimal.valueOf(Long.MIN_VALUE, 3).negate());
  }

  @Test
  void aCopyGoesItsOwnWay() {
    DecimalSum sum = of(new BigDecimal("0.1"));

    DecimalSum copy = sum.copy();
    copy.add(2, 1);

    assertThat(sum.value()).isEqualTo(0.1);
    assertThat(copy.value()).isEqualTo(0.3);
  }

  private static void slideAWindow(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    DecimalSum sum = new DecimalSum();
    BigDecimal expected = BigDecimal.ZERO;
    Deque<DecimalSum> window = new ArrayDeque<>();
    for (int i = 0; i < 100; i++) {
      if (random.nextInt(3) > 0 || window.isEmpty()) {
        DecimalSum term = term(random);
        window.add(term.copy());
        sum.add(term);
        expected = expected.add(term.exact());
      } else {
        DecimalSum gone = window.removeFirst();
        sum.subtract(gone);
        expected = expected.subtract(gone.exact());
      }
      assertThat(sum.exact()).as("seed %d", seed).isEqualByComparingTo(expected);
      assertThat(sum.value()).as("seed %d", seed).isEqualTo(expected.doubleValue());
    }
    window.forEach(sum::subtract);
    assertThat(sum.isCompact()).as("seed %d", seed).isTrue();
    assertThat(sum.exact()).as("seed %d", seed).isEqualTo(BigDecimal.ZERO);
  }

  private static DecimalSum term(RandomGenerator random) {
    DecimalSum term = new DecimalSum();
    switch (random.nextInt(4)) {
      case 0 -> term.add(random.nextLong(-1_000_000, 1_000_000), random.nextInt(9));
      case 1 -> term.add(random.nextLong(), random.nextInt(23));
      case 2 -> term.add(Decimals.shortest(random.nextDouble() * 1e-8));
      default -> term.add(Decimals.shortest(random.nextDouble() * Math.pow(10, 40)));
    }
    return term;
  }

  private static DecimalSum of(BigDecimal number) {
    DecimalSum sum = new DecimalSum();
    sum.add(number);
    return sum;
  }
}
