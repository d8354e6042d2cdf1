package dev.mdp.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.property.Property;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochSecondsTest {
  @ParameterizedTest
  @CsvSource({
    "1688669597.8277369, 1688669597827736",
    "1688669597.9999999999, 1688669597999999",
    "1688669597, 1688669597000000",
    "1688669597.5, 1688669597500000",
    "1.6886695978277369E9, 1688669597827736",
    "1688669597827.7369e-3, 1688669597827736",
    "0.0000019, 1"
  })
  void secondsAreTruncatedToMicrosecondsWithoutADouble(String text, long micros) {
    assertThat(seconds(text)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "x",
        "1688669597827",
        "1688669597827736900",
        "1e30",
        "1e99999",
        "1e-99999",
        "NaN",
        "1688669597.82x",
        "null",
        "-99999999999"
      })
  void whatAreNotSecondsOfOurTimesAreNoTime(String text) {
    assertThat(seconds(text)).isEqualTo(CharNumbers.NO_TIME);
  }

  @Test
  void secondsOfAnyFormAreTheDecimalTruncated() {
    Property.check(
        2_000,
        choices -> {
          BigDecimal exact =
              BigDecimal.valueOf(
                  choices.nextLong(7_000_000_000_000_000_000L), choices.nextInt(9, 12));
          String text = choices.nextBoolean() ? exact.toPlainString() : scientific(exact);

          long micros = seconds(choices.show("text", text));

          assertThat(micros).isEqualTo(exact.movePointRight(6).toBigInteger().longValue());
        });
  }

  private static String scientific(BigDecimal number) {
    return number.unscaledValue() + "E-" + number.scale();
  }

  private static long seconds(String text) {
    return EpochSeconds.micros(("1" + text + "1").toCharArray(), 1, text.length());
  }
}
