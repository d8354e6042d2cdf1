package dev.mdp.inference.rules;

import static dev.mdp.inference.rules.RuleFixture.problems;
import static dev.mdp.inference.rules.RuleFixture.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mdp.core.error.DataException;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.core.rule.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "momentun > 1~1~unknown name 'momentun' — did you mean 'momentum'?",
        "price > wvap_1m~9~unknown name 'wvap_1m' — did you mean 'vwap_1m'?",
        "qqqqq > 1~1~unknown name 'qqqqq' (known: kurtosis, mom_10, momentum, price,",
        "abz(1) > 1~1~unknown function 'abz' — did you mean 'abs'?",
        "crosses_abov(1, price)~1~unknown function 'crosses_abov' — did you mean 'crosses_above'?",
        "vwap(1) > 1~1~'vwap' is a number, not a function",
        "abs > 1~1~'abs' is a function: write abs(…)",
        "1 < price < 3~11~comparisons cannot be chained: write 1 < price && price < 3",
        "1 <  price + 1 <= abs(vwap) and true~16~write 1 < price + 1 && price + 1 <= abs(vwap)",
        "price = 3~7~'=' means nothing here: write == to compare",
        "price > 1 & true~11~'&' means nothing here: write && for and",
        "price > 1 | true~11~'|' means nothing here: write || for or",
        "price > 1 ? 1 : 2~11~'?' means nothing here: choices",
        "price > #~9~'#' means nothing here",
        "price > 'a~9~a string that does not end",
        "price > 'a'~9~a string cannot be compared with a number",
        "\"a\" == price~1~a string cannot be compared with a number",
        "'a' == (1 > 0)~1~a string cannot be compared with a boolean",
        "'a' == 'b'~1~a string cannot be compared",
        "'a'~1~a condition is true or false, this is a string",
        "'a' + 1 > 0~1~+ wants a number, this is a string",
        "price~1~a condition is true or false, this is a number (compare it",
        "price && true~1~&& wants a boolean, this is a number (compare it",
        "true or price~9~or wants a boolean, this is a number",
        "not price~5~not wants a boolean, this is a number",
        "!price > 3~2~! wants a boolean, this is a number (to negate a comparison, put it in parentheses",
        "1 + true > 0~5~+ wants a number, this is a boolean",
        "1 * 2 / true > 0~9~/ wants a number, this is a boolean",
        "-true > 0~2~- wants a number, this is a boolean",
        "(1 > 0) < (2 > 1)~9~< cannot compare booleans",
        "(1 > 0) == 1~9~a boolean cannot be compared with a number",
        "abs(true) > 0~5~abs wants a number, this is a boolean",
        "abs() > 0~1~want abs(x), was given 0 arguments",
        "min(1) > 0~1~want min(x, y, …), was given 1 argument",
        "crosses_above(1)~1~want crosses_above(x, y), was given 1 argument",
        "prev(price) > 0~1~want prev(x, n), was given 1 argument",
        "prev(price, 0) > 0~13~a whole number from 1 to 1000",
        "prev(price, 1001) > 0~13~a whole number from 1 to 1000",
        "prev(price, 1.5) > 0~13~a whole number from 1 to 1000",
        "prev(price, rsi) > 0~13~a whole number from 1 to 1000",
        "prev(price > 1, 1) > 0~6~prev wants a number, this is a boolean",
        "1 > ~4~a value is missing at the end",
        "> 1~1~a value is missing before '>'",
        "price > and 1~9~a value is missing before 'and'",
        "price > not true~9~'not' cannot stand here",
        "(price > 1~1~'(' without ')'",
        "price > 1)~10~')' without '('",
        "abs(1, ) > 1~8~a value is missing behind the comma",
        "1, 2~2~a comma is only allowed between",
        "price 1~7~did not expect '1' here",
        "price > 1 rsi > 2~11~an operator (&& || < > + - …) is missing before it",
        "1.5.2 > 1~1~not a number: '1.5.2'",
        "1x > 1~1~not a number: '1x'",
        "5. > 1~1~not a number: '5.'",
        "1e999 > 1~1~too large a number: 1e999",
        "open > 1~1~no open is configured: add one to features.windows, e.g. { name: open_1m, horizon: 60s }",
        "_x > 1~1~unknown name '_x'",
      })
  void eachMistakeIsNamedAtItsColumn(String condition, int column, String message) {
    assertThat(problems(condition))
        .startsWith("r.yaml:1:" + column + ": rule 'r': ")
        .contains(message);
  }

  @Test
  void everyMistakeOfEveryConditionIsToldWithItsTextAndACaret() {
    List<RuleSpec> specs =
        List.of(
            rule("a", "momentun > vwapp"),
            RuleSpec.of("b", SourceText.of("r.yaml", "1 +", 7, 14), 1),
            rule("a", "true"));

    DataException told =
        catchThrowableOfType(
            DataException.class, () -> RuleSet.compile(specs, RuleFixture.FEATURES));

    assertThat(told)
        .hasMessage(
            """
            r.yaml:1:1: rule 'a': unknown name 'momentun' — did you mean 'momentum'?
              momentun > vwapp
              ^
            r.yaml:1:12: rule 'a': unknown name 'vwapp' — did you mean 'vwap'?
              momentun > vwapp
                         ^
            r.yaml:7:17: rule 'b': a value is missing at the end
              1 +
                 ^
            r.yaml:1:1: rule 'a': another rule has the same name
              true
              ^\
            """);
  }

  @Test
  void lengthAndDepthAreBounded() {
    assertThat(problems("1 > 0" + " ".repeat(4_092))).contains("at most 4096 characters, was 4097");
    assertThat(problems("(".repeat(65) + "true" + ")".repeat(65)))
        .startsWith("r.yaml:1:65: ")
        .contains("nested deeper than 64");
    assertThat(problems("-".repeat(4_000) + "1 > 0")).contains("nested deeper than 64");
    assertThat(problems("not ".repeat(1_000) + "true")).contains("nested deeper than 64");
    assertThat(problems("abs(".repeat(1_000))).contains("nested deeper than 64");
    assertThat(RuleFixture.holds("(".repeat(64) + "true" + ")".repeat(64), 1, 1, 1, 1, 1)).isTrue();
    assertThat(RuleFixture.holds("1" + "+1".repeat(2_000) + " == 2001", 1, 1, 1, 1, 1)).isTrue();
    assertThat(RuleFixture.holds("true" + "&&true".repeat(600), 1, 1, 1, 1, 1)).isTrue();
  }

  @Test
  void whatAllRulesLookBackOnIsBounded() {
    RuleSpec[] many = new RuleSpec[101];
    for (int i = 0; i < many.length; i++) {
      many[i] = rule("r" + i, "prev(price, 1000) > 1");
    }

    DataException told = catchThrowableOfType(DataException.class, () -> RuleFixture.rules(many));

    assertThat(told).hasMessageContaining("look back on more than 100000 values");
  }
}
