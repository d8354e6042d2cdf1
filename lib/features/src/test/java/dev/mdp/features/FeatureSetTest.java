package dev.mdp.features;

import static dev.mdp.core.feature.FeatureKind.KURT;
import static dev.mdp.core.feature.FeatureKind.MOM;
import static dev.mdp.core.feature.FeatureKind.RET;
import static dev.mdp.core.feature.FeatureKind.RSI;
import static dev.mdp.core.feature.FeatureKind.SKEW;
import static dev.mdp.core.feature.FeatureKind.VOL;
import static dev.mdp.core.feature.FeatureKind.VWAP;
import static dev.mdp.features.Fixture.bars;
import static dev.mdp.features.Fixture.over;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureSetTest {
  @Test
  void aSliceDividesEveryHorizonAndTheEvaluationWindow() {
    FeatureSet set = set("4s", over(VWAP, "6s"), over(RET, "1m"), bars(RSI, 14));

    assertThat(set.slice()).isEqualTo(Interval.parse("2s"));
    assertThat(set.horizon()).isEqualTo(Interval.parse("1m"));
    assertThat(set.names()).containsExactly("vwap", "ret", "rsi");
  }

  @Test
  void countsTheWindowsThatSomeFeatureHasAValueOver() {
    FeatureSet set =
        set("2s", over(VWAP, "6s"), over(RET, "6s"), over(VOL, "1m"), bars(RSI, 14), bars(MOM, 14));

    assertThat(set.activeWindows(new double[] {1, 1, Double.NaN, 1, 1})).isEqualTo(2);
    assertThat(set.activeWindows(new double[] {Double.NaN, 1, 0, 1, 1})).isEqualTo(3);
    assertThat(set.activeWindows(new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, 1}))
        .isEqualTo(1);
  }

  @Test
  void theHorizonIsAtLeastAnEvaluationWindow() {
    assertThat(set("4s", over(VWAP, "2s")).horizon()).isEqualTo(Interval.parse("4s"));
    assertThat(set("4s").horizon()).isEqualTo(Interval.parse("4s"));
    assertThat(set("4s").slice()).isEqualTo(Interval.parse("4s"));
  }

  @Test
  void aHorizonWithFewerBarsThanItsStatisticNeedsIsRefused() {
    assertThat(set("1s", over(VOL, "3s"), over(SKEW, "4s"), over(KURT, "5s")).names()).hasSize(3);
    refused(
        "vol: a vol over 5s has 2 whole evaluation windows of 2s, want at least 3: a horizon of 6s or more",
        "2s",
        over(VOL, "5s"));
    refused("skew: a skew over 3s has 3 whole", "1s", over(SKEW, "3s"));
    refused("kurt: a kurt over 4s has 4 whole", "1s", over(KURT, "4s"));
  }

  @Test
  void aHorizonOfTooManySlicesIsRefused() {
    assertThat(set("1ms", over(VWAP, "1000s")).horizon()).isEqualTo(Interval.parse("1000s"));
    refused(
        "a horizon of 1001s has more than 1000000 slices of 1ms: choose horizons that are multiples of 1ms",
        "1ms",
        over(VWAP, "1001s"));
    refused("a horizon of 1d has more than 1000000 slices of 1ms", "1d", over(RET, "1ms"));
  }

  @Test
  void twoFeaturesOfOneNameAreRefused() {
    refused("two features are named 'ret'", "1s", over(RET, "2s"), over(RET, "3s"));
  }

  @Test
  void moreFeaturesThanThereIsRoomForAreRefused() {
    FeatureSpec[] specs =
        IntStream.range(0, 257)
            .mapToObj(i -> FeatureSpec.overBars("mom_" + i, MOM, 1))
            .toArray(FeatureSpec[]::new);

    refused("at most 256 features, were 257", "1s", specs);
  }

  private static FeatureSet set(String every, FeatureSpec... specs) {
    return new FeatureSet(List.of(specs), Interval.parse(every));
  }

  private static void refused(String message, String every, FeatureSpec... specs) {
    assertThatThrownBy(() -> set(every, specs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
