package dev.mdp.inference.rules;

import static dev.mdp.inference.rules.RuleFixture.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureNamesTest {
  private static final FeatureSpec VWAP_1M = vwap("vwap_1m", "60s");
  private static final FeatureSpec VWAP_5M = vwap("vwap_5m", "300s");

  @Test
  void defaultsAreAddedBehindTheConfiguredOnesAndTold() {
    RuleSet rules =
        RuleSet.compile(
            List.of(
                rule("a", "momentum > 0 and rsi > 1 and volatility > 0"),
                rule("b", "momentum > 1 and skewness + kurtosis + volume + ret > vwap")),
            List.of(VWAP_5M));

    assertThat(rules.features())
        .extracting(FeatureSpec::name)
        .containsExactly(
            "vwap_5m", "mom_10", "rsi_14", "vol_5m", "skew_5m", "kurt_5m", "volume_1m", "ret_30s");
    assertThat(rules.notices())
        .hasSize(7)
        .startsWith(
            "the rules name a momentum and none is configured: mom_10 is added (10 evaluation bars)",
            "the rules name a rsi and none is configured: rsi_14 is added (14 evaluation bars)",
            "the rules name a volatility and none is configured: vol_5m is added (horizon 5m)");
  }

  @Test
  void aDefaultMayBeNamedByItsOwnName() {
    RuleSet rules =
        RuleSet.compile(List.of(rule("a", "rsi_14 > 1"), rule("b", "rsi > 1")), List.of());

    assertThat(rules.features()).extracting(FeatureSpec::name).containsExactly("rsi_14");
  }

  @Test
  void aNameThatSaysItsKindAndExtentIsAddedAndTold() {
    RuleSet rules =
        RuleSet.compile(
            List.of(
                rule("a", "volume_10s > 100 and ret_2s > 0 and mom_1 > 0"),
                rule("b", "prev(volume_10s, 1) < 5 or vwap_1w > close_90s")),
            List.of(VWAP_5M));

    assertThat(rules.features())
        .containsExactly(
            VWAP_5M,
            FeatureSpec.overHorizon("volume_10s", FeatureKind.VOLUME, Interval.parse("10s")),
            FeatureSpec.overHorizon("ret_2s", FeatureKind.RET, Interval.parse("2s")),
            FeatureSpec.overBars("mom_1", FeatureKind.MOM, 1),
            vwap("vwap_1w", "1w"),
            FeatureSpec.overHorizon("close_90s", FeatureKind.CLOSE, Interval.parse("90s")));
    assertThat(rules.notices())
        .hasSize(5)
        .startsWith(
            "the rules name volume_10s and it is not configured: it is added (horizon 10s)",
            "the rules name ret_2s and it is not configured: it is added (horizon 2s)",
            "the rules name mom_1 and it is not configured: it is added (1 evaluation bars)");
  }

  /// Whatever the order of the rules.
  @Test
  void whatIsAddedDoesNotChangeWhatAPlainNameMeans() {
    for (List<String> names : List.of(List.of("mom_3", "momentum"), List.of("momentum", "mom_3"))) {
      RuleSet rules =
          RuleSet.compile(
              List.of(
                  rule("a", names.get(0) + " > 0"),
                  rule("b", names.get(1) + " > 0"),
                  rule("c", "momentum > 1")),
              List.of());

      assertThat(rules.features())
          .extracting(FeatureSpec::name)
          .containsExactlyInAnyOrder("mom_3", "mom_10");
    }
    RuleSet configured =
        RuleSet.compile(List.of(rule("a", "vwap_3s > 0"), rule("b", "vwap > 0")), List.of(VWAP_5M));
    assertThat(configured.featuresOf(configured.rules().getLast())).containsExactly(VWAP_5M);
  }

  @Test
  void aNameThatSaysNoExtentIsUnknown() {
    for (String name :
        List.of("volume_x", "mom_0", "mom_20000", "rsi_1m", "vwap_0s", "ret_2", "mom_01")) {
      assertThatThrownBy(() -> RuleSet.compile(List.of(rule("a", name + " > 1")), List.of()))
          .hasMessageContaining("unknown name '" + name + "'");
    }
  }

  @Test
  void aPlainNameWithSeveralMeaningsIsAnErrorThatNamesThem() {
    assertThatThrownBy(
            () -> RuleSet.compile(List.of(rule("a", "vwap > 1")), List.of(VWAP_1M, VWAP_5M)))
        .hasMessageContaining("'vwap' could be vwap_1m or vwap_5m: name one of them");
  }

  @Test
  void aConfiguredNameGoesBeforeThePlainOne() {
    RuleSet rules =
        RuleSet.compile(
            List.of(rule("a", "vwap > 50")), List.of(VWAP_1M, vwap("vwap", "1h"), VWAP_5M));

    List<?> signals =
        RuleFixture.signals(rules, rules.newState(), RuleFixture.at(1, 1, 10, 100, 20));

    assertThat(signals).hasSize(1);
  }

  @Test
  void aDefaultWhoseNameIsTakenIsAnError() {
    assertThatThrownBy(
            () -> RuleSet.compile(List.of(rule("a", "rsi > 1")), List.of(vwap("rsi_14", "1m"))))
        .hasMessageContaining("the name of its default, rsi_14, is another feature's");
    assertThatThrownBy(
            () -> RuleSet.compile(List.of(rule("a", "price > 1")), List.of(vwap("price", "1m"))))
        .hasMessageContaining("rename the feature");
  }

  private static FeatureSpec vwap(String name, String horizon) {
    return FeatureSpec.overHorizon(name, FeatureKind.VWAP, Interval.parse(horizon));
  }
}
