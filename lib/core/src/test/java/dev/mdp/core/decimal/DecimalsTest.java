package dev.mdp.core.decimal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
  /// Right: what PostgreSQL writes.
  @ParameterizedTest
  @CsvSource({
    "8.41e21, 8.409999999999999e21",
    "-8.41e21, -8.409999999999999e21",
    "1e23, 9.999999999999999e22",
    "1e22, 1e22",
    "9007199254740993, 9007199254740992",
    "424.98999999999995, 424.98999999999995",
    "1e-100, 1e-100"
  })
  void theShortestDecimalIsTheServers(double value, BigDecimal expected) {
    assertThat(Decimals.shortest(value)).isEqualByComparingTo(expected);
  }

  @Test
  void theShortestDecimalMeansItsDouble() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100_000; i++) {
      double value = Math.scalb(1 + random.nextDouble(), random.nextInt(-332, 333));
      double round = Double.parseDouble(random.nextInt(1, 10_000) + "e" + random.nextInt(12, 60));

      assertThat(Decimals.shortest(value).doubleValue()).isEqualTo(value);
      assertThat(Decimals.shortest(round).doubleValue()).isEqualTo(round);
    }
  }
}
