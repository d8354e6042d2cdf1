package dev.mdp.inference.rules;

import static dev.mdp.inference.rules.RuleFixture.firings;
import static dev.mdp.inference.rules.RuleFixture.rule;
import static dev.mdp.inference.rules.RuleFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.rule.RuleSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleStateTest {
  private static final RuleSpec EDGE = rule("edge", "price > 10", true, "");
  private static final RuleSpec COOL = rule("cool", "price > 10", false, "5s");
  private static final RuleSpec PAST = rule("past", "price == prev(price, 3) + prev(price, 1)");
  private static final RuleSpec CROSS = rule("cross", "crosses_above(price, prev(price, 4))");

  @Test
  void aRestoredStateGoesOnAsIfNothingHappened() {
    Random random = new Random(7);
    double[] prices = random.doubles(400, 8, 12).map(Math::rint).toArray();
    RuleSet rules = rules(EDGE, COOL, PAST, CROSS);
    RuleState whole = rules.newState();
    RuleState cut = rules.newState();

    for (int i = 0; i < prices.length; i++) {
      List<Integer> expected = firings(rules, whole, i, prices[i]);
      RuleState next = rules.newState();
      next.restore(cut.save());
      cut = next;

      assertThat(firings(rules, cut, i, prices[i])).as("at %d", i).isEqualTo(expected);
    }
    assertThat(cut.save()).isEqualTo(whole.save());
  }

  @Test
  void unchangedRulesGoOnAndChangedOnesBeginAnew() {
    RuleSet before = rules(EDGE, rule("other", "crosses_above(price, 10)"));
    RuleState old = before.newState();
    firings(before, old, 0, 9);

    RuleSet after = rules(rule("new", "true"), rule("other", "crosses_above(price, 11)"), EDGE);
    RuleState state = after.newState();
    state.restore(old.save());

    int[] fired = new int[3];
    after.evaluate(
        RuleFixture.at(1, 12, 0, 0, 0, 0),
        state,
        signal -> fired[List.of("new", "other", "edge").indexOf(signal.name())]++);
    assertThat(fired).containsExactly(1, 0, 1);
  }

  @Test
  void aRuleWhoseFeatureWasChangedBeginsAnew() {
    RuleSpec edge = rule("edge", "rsi > 10", true, "");
    RuleSet before = RuleSet.compile(List.of(edge), RuleFixture.FEATURES);
    RuleSet after =
        RuleSet.compile(
            List.of(edge),
            List.of(
                dev.mdp.core.feature.FeatureSpec.overBars(
                    "rsi_7", dev.mdp.core.feature.FeatureKind.RSI, 7)));
    RuleState old = before.newState();
    before.evaluate(RuleFixture.at(1, 1, 0, 0, 5, 0), old, _ -> {});
    RuleState state = after.newState();

    state.restore(old.save());

    assertThat(RuleFixture.signals(after, state, RuleFixture.at(2, 1, 50))).isEmpty();
  }

  @Test
  void aStateThatRemembersNothingIsOneByte() {
    RuleSet rules = rules(EDGE, COOL, PAST);
    RuleState state = rules.newState();

    assertThat(state.save()).hasSize(1);
    firings(rules, state, 0, 11);
    assertThat(state.save()).hasSize(1 + 11 + 19 + 21);
  }

  @Test
  void malformedBytesAreRefusedAndChangeNothing() {
    RuleSet rules = rules(EDGE, COOL, PAST, CROSS);
    RuleState state = rules.newState();
    firings(rules, state, 0, 9, 11, 10, 12);
    byte[] good = state.save();

    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      if (length != 1 && !endsAtARule(rules, cut)) {
        assertThatThrownBy(() -> state.restore(cut)).isInstanceOf(IllegalArgumentException.class);
      }
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    byte[] other = good.clone();
    other[0] = 9;
    byte[] twice = new byte[good.length * 2 - 1];
    System.arraycopy(good, 0, twice, 0, good.length);
    System.arraycopy(good, 1, twice, good.length, good.length - 1);
    for (byte[] bad : List.of(longer, other, twice)) {
      assertThatThrownBy(() -> state.restore(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not a saved rule state: ");
    }
    assertThat(state.save()).isEqualTo(good);
  }

  @Test
  void randomBytesAreRestoredOrRefused() {
    RuleSet rules = rules(EDGE, COOL, PAST, CROSS);
    RuleState source = rules.newState();
    firings(rules, source, 0, 9, 11, 10, 12);
    byte[] good = source.save();
    Random random = new Random(11);

    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      RuleState state = rules.newState();
      try {
        state.restore(bytes);
        firings(rules, state, 5, 1, 11);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("not a saved rule state: ");
      }
    }
  }

  private static boolean endsAtARule(RuleSet rules, byte[] bytes) {
    RuleState state = rules.newState();
    try {
      state.restore(bytes);
      return Arrays.equals(state.save(), bytes);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
