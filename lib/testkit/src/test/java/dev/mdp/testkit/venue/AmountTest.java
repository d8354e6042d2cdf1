package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, 1, 0.0",
    "7000000000, 0, 70",
    "7000000000, 8, 70.00000000",
    "1, 0, 0.00000001",
    "6183763000000, 0, 61837.63",
    "6183763000000, 5, 61837.63000",
    "4000000, 1, 0.04"
  })
  void textIsExactWithAtLeastSoManyDecimals(long amount, int least, String text) {
    assertThat(Amount.text(amount, least)).isEqualTo(text);
    assertThat(Amount.of(text)).isEqualTo(amount);
  }

  @Test
  void valueIsTheDoubleThatTheTextIsParsedTo() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      long amount = random.nextLong(1L << random.nextInt(1, 62));
      assertThat(Amount.value(amount)).isEqualTo(Double.parseDouble(Amount.text(amount, 0)));
    }
  }

  @Test
  void ninthDecimalIsRefused() {
    assertThatThrownBy(() -> Amount.of("0.000000001")).isInstanceOf(ArithmeticException.class);
  }
}
