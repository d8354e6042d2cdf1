package dev.mdp.providers.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.testkit.property.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {
  @Test
  void readsTheSameDoublesAsTheJdk() {
    Property.check(
        20_000,
        choices -> {
          String text =
              switch (choices.nextInt(4)) {
                case 0 ->
                    Double.toString(choices.nextDouble() * Math.pow(10, choices.nextInt(-30, 30)));
                case 1 -> choices.nextInt() + "." + choices.nextInt(1_000_000_000);
                case 2 -> Long.toString(choices.nextLong());
                default -> "-0." + "0".repeat(choices.nextInt(12)) + choices.nextInt(1_000_000);
              };

          assertThat(DecimalText.parseDouble(choices.show("text", text)))
              .isEqualTo(Double.parseDouble(text));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.", ".5", "+1", "-1e5", "1E+05", "0.1e-3", "00012", "-0"})
  void readsEveryWayToWriteADecimal(String text) {
    assertThat(DecimalText.parseDouble(text)).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "NaN",
        "Infinity",
        "-Infinity",
        "0x1p3",
        "1d",
        "1,5",
        ".",
        "-",
        "+",
        "1e",
        "1e+",
        "e5",
        "1 2",
        "1.2.3",
        "--1",
        "١",
        ""
      })
  void refusesWhatIsNoNumber(String text) {
    assertThatThrownBy(() -> DecimalText.parseDouble(text))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("not a number: '" + text + "'");
  }

  @Test
  void refusesWhatADoubleCannotHold() {
    assertThatThrownBy(() -> DecimalText.parseDouble("1e400"))
        .hasMessage("too large: '1e400' (want 0, or a magnitude from 1e-100 to 1e100)");
  }

  @ParameterizedTest
  @CsvSource({
    "1570752011620, 3, 1570752011620000",
    "1570752011.6209999, 6, 1570752011620999",
    "-0.0000001, 6, -1",
    "-1, -3, -1",
    "1723161254087896568, -3, 1723161254087896",
    "1.5e3, 3, 1500000",
    "1e-300, 6, 0",
    "-1e-300, 6, -1",
    "9223372036854775807, 0, 9223372036854775807"
  })
  void scalesExactlyAndTruncatesTowardsThePast(String text, int power, long expected) {
    assertThat(DecimalText.parseScaled(text, power)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "1e30", "1e999999999", "1e99999999999"})
  void saysWhenALongCannotHoldIt(String text) {
    assertThatThrownBy(() -> DecimalText.parseScaled(text, 0))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void readsWholeNumbersOnly() {
    assertThat(DecimalText.parseLong("-13519807")).isEqualTo(-13519807);
    assertThatThrownBy(() -> DecimalText.parseLong("1.0")).hasMessage("not a whole number: '1.0'");
    assertThatThrownBy(() -> DecimalText.parseLong("")).hasMessage("not a whole number: ''");
    assertThatThrownBy(() -> DecimalText.parseLong("99999999999999999999"))
        .hasMessage("too large for 64 bits: '99999999999999999999'");
  }
}
