package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonInTest {
  @Test
  void readsEveryKindOfValue() {
    String text =
        " {\"a\" : [1.50, -2e3, true, false, null, []], \"b\":{\"c\":\"\\u00e4\\n\\\"\"} } ";

    assertThat(TestJson.object(text).get("a"))
        .isEqualTo(
            java.util.Arrays.asList(
                new BigDecimal("1.50"), new BigDecimal("-2E+3"), true, false, null, List.of()));
    assertThat(TestJson.at(TestJson.object(text), "b", "c")).isEqualTo("ä\n\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\"}",
        "{\"a\":1,}",
        "[1,]",
        "[1 2]",
        "nul",
        "tru e",
        "\"\\x\"",
        "\"\t\"",
        "1 2",
        "{a:1}",
        "'a'",
        "1e",
        "\"",
        "NaN",
        "[",
        "\"\\u12\""
      })
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> JsonIn.read(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
