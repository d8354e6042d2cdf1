package dev.mdp.inference.rules;

import static dev.mdp.inference.rules.RuleFixture.NONE;
import static dev.mdp.inference.rules.RuleFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.DataException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever stands in a condition: it is compiled and evaluated, or its problems are told.
class ConditionSoupTest {
  private static final String[] WORDS = {
    "(",
    ")",
    ",",
    "+",
    "-",
    "*",
    "/",
    "%",
    "<",
    "<=",
    ">",
    ">=",
    "==",
    "!=",
    "&&",
    "||",
    "!",
    "and",
    "or",
    "not",
    "true",
    "false",
    "price",
    "rsi",
    "vwap_1m",
    "momentum",
    "ret",
    "abs(",
    "min(",
    "max(",
    "prev(",
    "crosses_above(",
    "crosses_below(",
    "1",
    "0",
    "1e308",
    ".5",
    "3)",
    "'a'",
    "\"",
    "x",
    "=",
    "&",
    "?",
    "\\",
    "\n",
    " ",
    "\u00e9",
    "\uD83D",
    "\u0000",
    "1.2.3",
    "1000",
    ", 3)"
  };

  @Test
  void aSoupOfWordsIsCompiledOrItsProblemsAreTold() {
    int compiled = 0;
    for (int seed = 0; seed < 60_000; seed++) {
      compiled += compiles(soup(new Random(seed)), seed) ? 1 : 0;
    }

    assertThat(compiled).isGreaterThan(200);
  }

  @Test
  void anyTextIsCompiledOrItsProblemsAreTold() {
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder("price > ");
      random.ints(random.nextInt(1, 20), 0, 300).forEach(c -> text.append((char) c));
      compiles(text.toString(), seed);
    }
  }

  private static boolean compiles(String condition, int seed) {
    try {
      RuleSet rules = RuleFixture.condition(condition);
      RuleState state = rules.newState();
      double[] features = new double[rules.features().size()];
      for (int i = 0; i < 3; i++) {
        features[i] = NONE;
        rules.evaluate(at(i, 100, features), state, _ -> {});
        state.restore(state.save());
      }
      return true;
    } catch (DataException e) {
      assertThat(e.getMessage()).startsWith("r.yaml:1:");
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + ": " + condition, e);
    }
  }

  private static String soup(Random random) {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(4) == 0) {
      text.append(random.nextBoolean() ? "price > 1 and " : "not ");
    }
    for (int words = random.nextInt(1, 14); words > 0; words--) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
      text.append(random.nextInt(3) == 0 ? "" : " ");
    }
    return text.toString();
  }
}
