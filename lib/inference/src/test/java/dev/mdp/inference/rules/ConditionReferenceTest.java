package dev.mdp.inference.rules;

import static dev.mdp.inference.rules.RuleFixture.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Random conditions against the same meaning written down a second time, with `Optional` for what
/// may be undefined.
class ConditionReferenceTest {
  private record Numeric(String text, Function<double[], Optional<Double>> meaning) {}

  private record Logical(String text, Function<double[], Optional<Boolean>> meaning) {}

  private static final List<String> NAMES = List.of("vwap", "ret_30s", "rsi", "momentum", "price");
  private static final double[] VALUES = {0, 1, -1, 2, 0.5, 3, 1e308, NONE, NONE};

  @Test
  void randomConditionsMeanWhatTheyMeantWhenWrittenDownTwice() {
    int[] truths = new int[3];
    for (int seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      Logical condition = logical(random, 4);
      RuleSet holds = RuleFixture.condition(condition.text);
      RuleSet holdsNot = RuleFixture.condition("not (" + condition.text + ")");
      for (int i = 0; i < 10; i++) {
        double[] at = random.ints(5, 0, VALUES.length).mapToDouble(v -> VALUES[v]).toArray();
        Optional<Boolean> expected = condition.meaning.apply(at);

        String what =
            "seed %d: %s at %s"
                .formatted(seed, condition.text, List.of(at[0], at[1], at[2], at[3], at[4]));
        assertThat(fires(holds, at)).as(what).isEqualTo(expected.equals(Optional.of(true)));
        assertThat(fires(holdsNot, at)).as(what).isEqualTo(expected.equals(Optional.of(false)));
        truths[expected.isEmpty() ? 2 : expected.get() ? 1 : 0]++;
      }
    }
    assertThat(Arrays.stream(truths).min().orElseThrow()).isGreaterThan(600);
  }

  private static boolean fires(RuleSet rules, double[] at) {
    return !RuleFixture.signals(
            rules, rules.newState(), RuleFixture.at(1, at[4], at[0], at[1], at[2], at[3]))
        .isEmpty();
  }

  private static Numeric numeric(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      int name = random.nextInt(NAMES.size());
      double literal = random.nextInt(4);
      return random.nextBoolean()
          ? new Numeric(NAMES.get(name), at -> defined(at[name]))
          : new Numeric(Double.toString(literal), _ -> Optional.of(literal));
    }
    Numeric a = numeric(random, depth - 1);
    Numeric b = numeric(random, depth - 1);
    return switch (random.nextInt(8)) {
      case 0 -> new Numeric("-(" + a.text + ")", at -> a.meaning.apply(at).map(x -> -x));
      case 1 -> new Numeric("abs(" + a.text + ")", at -> a.meaning.apply(at).map(Math::abs));
      case 2 -> binary("min(%s, %s)", a, b, Math::min);
      case 3 -> binary("max(%s, %s)", a, b, Math::max);
      case 4 -> binary("(%s + %s)", a, b, Double::sum);
      case 5 -> binary("(%s - %s)", a, b, (x, y) -> x - y);
      case 6 -> binary("(%s * %s)", a, b, (x, y) -> x * y);
      default -> binary("(%s / %s)", a, b, (x, y) -> x / y);
    };
  }

  private static Numeric binary(String text, Numeric a, Numeric b, BinaryOperator<Double> meaning) {
    return new Numeric(
        text.formatted(a.text, b.text),
        at ->
            a.meaning
                .apply(at)
                .flatMap(x -> b.meaning.apply(at).flatMap(y -> defined(meaning.apply(x, y)))));
  }

  private static Logical logical(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      Numeric a = numeric(random, 2);
      Numeric b = numeric(random, 2);
      return switch (random.nextInt(3)) {
        case 0 -> comparison("%s < %s", a, b, order -> order < 0);
        case 1 -> comparison("%s >= %s", a, b, order -> order >= 0);
        default -> comparison("%s != %s", a, b, order -> order != 0);
      };
    }
    Logical a = logical(random, depth - 1);
    Logical b = logical(random, depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> new Logical("!(" + a.text + ")", at -> a.meaning.apply(at).map(x -> !x));
      case 1 -> junction("(%s) && (%s)", a, b, false);
      case 2 -> junction("(%s) or (%s)", a, b, true);
      default ->
          new Logical(
              "(%s) == (%s)".formatted(a.text, b.text),
              at -> a.meaning.apply(at).flatMap(x -> b.meaning.apply(at).map(x::equals)));
    };
  }

  private static Logical comparison(
      String text, Numeric a, Numeric b, Function<Integer, Boolean> meaning) {
    return new Logical(
        text.formatted(a.text, b.text),
        at ->
            a.meaning
                .apply(at)
                .flatMap(x ->
                    b.meaning
                        .apply(at)
                        .map(y -> meaning.apply(x.doubleValue() == y ? 0 : x < y ? -1 : 1))));
  }

  /// @param decides what one side alone decides: true of *or*, false of *and*
  private static Logical junction(String text, Logical a, Logical b, boolean decides) {
    return new Logical(
        text.formatted(a.text, b.text),
        at -> {
          Optional<Boolean> x = a.meaning.apply(at);
          Optional<Boolean> y = b.meaning.apply(at);
          if (x.equals(Optional.of(decides)) || y.equals(Optional.of(decides))) {
            return Optional.of(decides);
          }
          return x.isPresent() && y.isPresent() ? Optional.of(!decides) : Optional.empty();
        });
  }

  private static Optional<Double> defined(double value) {
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }
}
