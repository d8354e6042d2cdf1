package dev.mdp.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesConfigTest {
  private static final String KINDS =
      "(vwap, ret, vol, rsi, mom, skew, kurt, open, high, low, close, volume)";

  @Test
  void aNameSaysItsKindAndHowFarItLooksBack() {
    assertThat(features("{ name: vwap_500ms }", "{ name: rsi_7 }", "{ name: mom_3 }"))
        .containsExactly(
            FeatureSpec.overHorizon("vwap_500ms", FeatureKind.VWAP, Interval.parse("500ms")),
            FeatureSpec.overBars("rsi_7", FeatureKind.RSI, 7),
            FeatureSpec.overBars("mom_3", FeatureKind.MOM, 3));
  }

  @Test
  void whatIsGivenGoesBeforeTheName() {
    assertThat(features("{ name: vwap_1m, kind: ret, horizon: 2m }", "{ name: rsi_7, periods: 9 }"))
        .containsExactly(
            FeatureSpec.overHorizon("vwap_1m", FeatureKind.RET, Interval.parse("2m")),
            FeatureSpec.overBars("rsi_7", FeatureKind.RSI, 9));
  }

  @Test
  void withoutPeriodsTheUsualOnesAreTaken() {
    assertThat(features("{ name: rsi }", "{ name: mom_fast }"))
        .containsExactly(
            FeatureSpec.overBars("rsi", FeatureKind.RSI, 14),
            FeatureSpec.overBars("mom_fast", FeatureKind.MOM, 10));
  }

  @Test
  void anEmptyListMeansNoFeatures() {
    assertThat(ConfigFixture.config("features: { windows: [] }").features().windows()).isEmpty();
  }

  @Test
  void whatFollowsFromANameIsShownAsADefault() {
    Map<String, String> shown =
        ConfigFixture.load("features: { windows: [{ name: vol_5m }, { name: rsi_7 }] }")
            .settings()
            .stream()
            .filter(each -> each.path().startsWith("features."))
            .collect(
                Collectors.toMap(
                    each -> each.path().substring("features.windows".length()),
                    each -> each.value() + " " + each.origin().kind()));

    assertThat(shown)
        .containsEntry("[0].name", "vol_5m FILE")
        .containsEntry("[0].kind", "vol DEFAULT")
        .containsEntry("[0].horizon", "5m DEFAULT")
        .containsEntry("[0].annualize", "true DEFAULT")
        .containsEntry("[1].periods", "7 DEFAULT")
        .hasSize(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ name: a_1m }|11|must begin with a kind, or have its own kind: " + KINDS + ", was 'a'",
        "{ name: wvap_1m }|11|was 'wvap' — did you mean 'vwap'?",
        "{ name: fast, kind: rsj }|23|want a kind " + KINDS + ", was 'rsj' — did you mean 'rsi'?",
        "{ name: vwap }|3|horizon: is missing, e.g. horizon: 60s, or a name with it: vwap_60s",
        "{ name: vwap_0m }|3|horizon: is missing",
        "{ name: vwap_1m, horizon: 0s }|29|not an interval: '0s'",
        "{ name: vwap_1m, horizon: -5s }|29|not an interval: '-5s'",
        "{ name: rsi_14, horizon: 14m }|28|a rsi looks back evaluation windows: use periods: 14",
        "{ name: vwap_1m, periods: 14 }|29|a vwap looks back a time: use horizon: 60s",
        "{ name: rsi_0 }|11|periods must be 1 to 10000, was 0",
        "{ name: rsi_14, periods: 10001 }|28|want a whole number from 1 to 10000, was 10001",
        "{ name: ret_1m, annualize: false }|30|only a vol is annualized, this is a ret",
        "{ name: mom_3, annualize: true }|29|only a vol is annualized, this is a mom",
        "{ name: vwap-1m }|11|not a feature's name: 'vwap-1m'",
        "{ horizon: 1m }|3|name: is missing",
        "{ name: vwap_1m, horizn: 2m }|20|unknown key 'horizn' — did you mean 'horizon'?",
      })
  void eachMistakeIsNamedAtItsPlace(String entry, int column, String message) {
    String told = ConfigFixture.problems("features:\n  windows:\n  - " + entry + "\n");

    assertThat(told)
        .startsWith("streaming.yaml:3:" + (column + 2) + ": ")
        .contains(message)
        .doesNotContain("\nstreaming.yaml");
  }

  @Test
  void allMistakesAreToldTogether() {
    String told =
        ConfigFixture.problems(
            """
            features:
              windows:
                - { name: xyz_1m, horizon: nine }
                - { name: rsi_14, horizon: 14m, annualize: true }
                - { name: vol_5m, periods: 3 }
                - { name: vol_5m }
            """);

    assertThat(told)
        .containsSubsequence(
            "streaming.yaml:3:15: features.windows[0].name: must begin with a kind",
            "streaming.yaml:3:32: features.windows[0].horizon: not an interval: 'nine'",
            "streaming.yaml:4:32: features.windows[1].horizon: a rsi looks back",
            "streaming.yaml:4:48: features.windows[1].annualize: only a vol",
            "streaming.yaml:5:32: features.windows[2].periods: a vol looks back a time",
            "streaming.yaml:6:15: features.windows[3].name: 'vol_5m' is used twice");
  }

  private static List<FeatureSpec> features(String... entries) {
    return ConfigFixture.config("features: { windows: [" + String.join(", ", entries) + "] }")
        .features()
        .windows();
  }
}
