package dev.mdp.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.property.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharNumbersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "61837.63000000",
        "0.00009000",
        "0",
        "1",
        ".5",
        "5.",
        "-1.5",
        "1e-8",
        "1.5E+3",
        "123456789012345678",
        "0.1234567890123456789012345",
        "9007199254740993",
        "0.30000000000000004",
        "179769313486231570000000000000000000000"
      })
  void aDecimalIsTheNearestDouble(String text) {
    assertThat(decimal(text)).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "NaN",
        "Infinity",
        "-Infinity",
        "0x1p3",
        "1d",
        "1,5",
        "+1",
        " 1",
        "1 ",
        "--1",
        "1.2.3",
        "1e",
        "e5",
        "null",
        "true",
        "{",
        "１"
      })
  void whatIsNotADecimalIsNaN(String text) {
    assertThat(decimal(text)).isNaN();
  }

  @Test
  void aDecimalThatIsTooLargeIsInfinite() {
    assertThat(decimal("1e400")).isInfinite();
  }

  @Test
  void aDecimalThatIsTooSmallIsNotZero() {
    assertThat(decimal("1e-400")).isPositive();
  }

  @Test
  void aDecimalOfEndlessDigitsIsRefused() {
    assertThat(decimal("1." + "0".repeat(400))).isNaN();
  }

  @Test
  void everyDecimalIsReadAsTheJdkReadsIt() {
    Property.check(
        2_000,
        choices -> {
          String whole = Long.toString(choices.nextLong(1L << choices.nextInt(1, 62)));
          int digits = choices.nextInt(20);
          StringBuilder text = new StringBuilder(choices.nextBoolean() ? "-" : "").append(whole);
          for (int i = 0; i < digits; i++) {
            text.append(i == 0 ? "." : "").append(choices.nextInt(10));
          }

          double read = decimal(choices.show("text", text).toString());

          assertThat(read).isEqualTo(Double.parseDouble(text.toString()));
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, 4665906, 1790945549598264546L, Long.MAX_VALUE})
  void aWholeNumberIsReadToItsLastDigit(long number) {
    assertThat(whole(Long.toString(number))).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "1.0",
        "1e5",
        "9223372036854775808",
        "9999999999999999999",
        "18446744073709551617",
        "12345678901234567890",
        "x",
        "null"
      })
  void whatIsNotAWholeNumberIsNone(String text) {
    assertThat(whole(text)).isEqualTo(CharNumbers.NO_NUMBER);
  }

  private static double decimal(String text) {
    return CharNumbers.decimal(("[" + text + "]").toCharArray(), 1, text.length());
  }

  private static long whole(String text) {
    return CharNumbers.whole(("1" + text + "1").toCharArray(), 1, text.length());
  }
}
