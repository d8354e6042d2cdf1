package dev.mdp.features.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.testkit.property.Choices;
import dev.mdp.testkit.property.Property;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  @Test
  void theSumOfAnyDoublesIsTheExactOneRoundedOnce() {
    Property.check(300, ExactSumTest::compareWithDecimals);
  }

  @Test
  void theSmallestAndTheLargestDoubleAreBothInTheSum() {
    ExactSum sum = new ExactSum();

    sum.add(Double.MAX_VALUE);
    sum.add(Double.MIN_VALUE);
    sum.subtract(Double.MAX_VALUE);

    assertThat(sum.value()).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void aSumTooLargeForADoubleComesBack() {
    ExactSum sum = new ExactSum();

    sum.add(-Double.MAX_VALUE);
    sum.add(-Double.MAX_VALUE);
    double beyond = sum.value();
    sum.subtract(-Double.MAX_VALUE);

    assertThat(beyond).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(sum.value()).isEqualTo(-Double.MAX_VALUE);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    ExactSum sum = new ExactSum();

    assertThatThrownBy(() -> sum.add(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("want a finite number, was NaN");
  }

  private static void compareWithDecimals(Choices choices) {
    ExactSum sum = new ExactSum();
    BigDecimal expected = BigDecimal.ZERO;
    List<Double> terms = new ArrayList<>();
    int exponents = choices.nextInt(1, 2_046);
    for (int i = choices.nextInt(1, 40); i > 0; i--) {
      if (!terms.isEmpty() && choices.nextBoolean()) {
        double gone = terms.remove(choices.nextInt(terms.size()));
        sum.subtract(gone);
        expected = expected.subtract(new BigDecimal(gone));
      } else {
        double term = anyDouble(choices, exponents);
        terms.add(term);
        sum.add(term);
        expected = expected.add(new BigDecimal(term));
      }
      assertThat(sum.value()).isEqualTo(expected.doubleValue());
    }
  }

  /// Any bits, with an exponent near the smallest one or up to this many above it.
  private static double anyDouble(Choices choices, int exponents) {
    long exponent = choices.nextInt(exponents);
    long sign = choices.nextBoolean() ? 1 : 0;
    return Double.longBitsToDouble(sign << 63 | exponent << 52 | choices.nextLong(1L << 52));
  }
}
