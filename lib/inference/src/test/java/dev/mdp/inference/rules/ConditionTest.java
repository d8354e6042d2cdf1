package dev.mdp.inference.rules;

import static dev.mdp.inference.rules.RuleFixture.NONE;
import static dev.mdp.inference.rules.RuleFixture.holds;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What conditions mean, at price 100, vwap 99.5, no return yet, an RSI of 70 and a momentum of
/// 0.02.
class ConditionTest {
  private static final double[] FEATURES = {99.5, NONE, 70, 0.02};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "momentum > 0.01",
        "momentum>0.01&&rsi>=70",
        "mom_10 == 0.02",
        "price != vwap_1m",
        "price > vwap and not rsi > 70",
        "not not true",
        "!(rsi > 70)",
        "!!(rsi == 70)",
        "not rsi > 70 and true",
        "false or true and true",
        "true || false && false",
        "1 + 2 * 3 == 7",
        "(1 + 2) * 3 == 9",
        "10 - 3 - 2 == 5",
        "100 / 10 / 5 == 2",
        "7 % 4 == 3",
        "-7 % 4 == -3",
        "-5 % 3 == -2",
        "2 * -3 == -6",
        "- - 2 == 2",
        "1--1 == 2",
        "abs(-2.5) == 2.5",
        "min(3, 1, 2) == 1",
        "max(3, 1, 2) == 3",
        "max(price, vwap) - min(price, vwap) == 0.5",
        ".5 == 5e-1",
        "1E2 == price",
        "(1 > 0) == true",
        "(1 > 0) != (0 > 1)",
        "((((price > 0))))",
        "price\n>\t0",
        "prev(1, 5) == 1",
      })
  void isTrue(String condition) {
    assertThat(holds(condition, 100, FEATURES)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "false",
        "rsi > 70",
        "not rsi == 70",
        "price < vwap",
        "1 + 1 == 3",
        "0.1 + 0.2 == 0.3",
        "(1 > 0) == (0 > 1)",
      })
  void doesNotHold(String condition) {
    assertThat(holds(condition, 100, FEATURES)).isFalse();
    assertThat(holds("not (" + condition + ")", 100, FEATURES)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ret > 0",
        "ret == ret",
        "ret != ret",
        "-ret < 0",
        "abs(ret) >= 0",
        "ret + 1 > 0",
        "ret * 0 == 0",
        "min(ret, 1) < 2",
        "max(1, ret) < 2",
        "1 / 0 > 0",
        "1 / (price - 100) > 0",
        "0 / 0 == 0",
        "1 % 0 == 0",
        "1e308 * 10 > 0",
        "1e308 + 1e308 > 0",
        "-1e308 - 1e308 < 0",
        "1 + 1e308 * 10 - 1e308 * 10 == 1",
        "1 / (1 / (price - 100)) == 0",
        "true and ret > 0",
        "false or ret > 0",
        "ret > 0 and ret < 0",
        "(ret > 0) == true",
        "(ret > 0) == (ret > 0)",
        "prev(price, 1) > 0",
        "crosses_above(price, 1)",
        "crosses_above(ret, 1)",
      })
  void isUndefined(String condition) {
    assertThat(holds(condition, 100, FEATURES)).isFalse();
    assertThat(holds("not (" + condition + ")", 100, FEATURES)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not (ret > 0 and false)",
        "not (false and ret > 0)",
        "ret > 0 or true",
        "true or ret > 0",
        "not (ret > 0 and true and false)",
        "not crosses_above(price, 1000)",
      })
  void anUndefinedSideDecidesNothingButTheOtherMay(String condition) {
    assertThat(holds(condition, 100, FEATURES)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteComesInAsUndefined(double value) {
    assertThat(holds("momentum > 0 or momentum <= 0", 100, 1, 1, 1, value)).isFalse();
    assertThat(holds("price > 0 or price <= 0", value, FEATURES)).isFalse();
  }
}
