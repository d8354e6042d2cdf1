package dev.mdp.features;

import static dev.mdp.core.feature.FeatureKind.CLOSE;
import static dev.mdp.core.feature.FeatureKind.HIGH;
import static dev.mdp.core.feature.FeatureKind.KURT;
import static dev.mdp.core.feature.FeatureKind.LOW;
import static dev.mdp.core.feature.FeatureKind.MOM;
import static dev.mdp.core.feature.FeatureKind.OPEN;
import static dev.mdp.core.feature.FeatureKind.RET;
import static dev.mdp.core.feature.FeatureKind.RSI;
import static dev.mdp.core.feature.FeatureKind.SKEW;
import static dev.mdp.core.feature.FeatureKind.VOL;
import static dev.mdp.core.feature.FeatureKind.VOLUME;
import static dev.mdp.core.feature.FeatureKind.VWAP;
import static dev.mdp.features.Fixture.bars;
import static dev.mdp.features.Fixture.over;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureSpec;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolFeaturesTest {
  @Test
  void vwapWeighsThePricesOfTheHorizonOnly() {
    Fixture symbol = new Fixture("1s", over(VWAP, "2s"), over(VOLUME, "2s"));

    symbol.trade(0, 1_000, 50).trade(1, 10, 1).trade(2.5, 20, 3);

    assertThat(symbol.at(3)).isEqualTo(Map.of("vwap", 17.5, "volume", 4.0));
  }

  @Test
  void vwapIsUndefinedAtZeroVolumeWhileTheVolumeIsZero() {
    Fixture symbol = new Fixture("1s", over(VWAP, "2s"), over(VOLUME, "2s"));

    symbol.trade(0, 10, 0);

    assertThat(symbol.at(1)).isEqualTo(Map.of("vwap", Double.NaN, "volume", 0.0));
  }

  @Test
  void aHorizonWithoutATickDefinesNothing() {
    Fixture symbol =
        new Fixture(
            "4s",
            over(OPEN, "1s"),
            over(HIGH, "1s"),
            over(LOW, "1s"),
            over(CLOSE, "1s"),
            over(VOLUME, "1s"),
            over(VWAP, "1s"));

    symbol.trade(1, 10);

    assertThat(symbol.at(4).values()).hasSize(6).containsOnly(Double.NaN);
  }

  @Test
  void theReturnIsUndefinedUntilAPriceIsAsOldAsTheHorizon() {
    Fixture symbol = new Fixture("1s", over(RET, "2s"));

    symbol.trade(0.5, 10).trade(1, 11).trade(2, 12);

    assertThat(symbol.at(1)).containsEntry("ret", Double.NaN);
    assertThat(symbol.at(2)).containsEntry("ret", Double.NaN);
    assertThat(symbol.at(3)).containsEntry("ret", 12.0 / 11 - 1);
  }

  @Test
  void tickAtExactlyTheHorizonsStartIsTheReference() {
    Fixture at = new Fixture("1s", over(RET, "2s")).trade(0.5, 10).trade(1, 20).trade(2, 40);
    Fixture after = new Fixture("1s", over(RET, "2s")).trade(0.5, 10).trade(1.001, 20).trade(2, 40);

    assertThat(at.at(3)).containsEntry("ret", 1.0);
    assertThat(after.at(3)).containsEntry("ret", 3.0);
  }

  @Test
  void theReferenceMayBeArbitrarilyOldAndALateTickStillRevisesIt() {
    Fixture symbol = new Fixture("1s", over(RET, "2s")).trade(0, 10);
    symbol.at(1);

    Map<String, Double> muchLater = symbol.trade(1_000.5, 15).at(1_001);
    symbol.trade(500, 12).trade(400, 13);
    Map<String, Double> revised = symbol.trade(1_001, 18).at(1_002);

    assertThat(muchLater).containsEntry("ret", 0.5);
    assertThat(revised).containsEntry("ret", 0.5);
  }

  @Test
  void aReferenceOfZeroHasNoReturn() {
    Fixture symbol = new Fixture("1s", over(RET, "1s"), bars(MOM, 1)).trade(0, 0);
    symbol.at(1);

    assertThat(symbol.trade(1.5, 5).at(2)).isEqualTo(Map.of("ret", Double.NaN, "mom", Double.NaN));
  }

  @Test
  void volatilityIsTheYearlySampleDeviationOfReturnsInside() {
    Fixture symbol =
        new Fixture(
            "1s",
            over(VOL, "3s"),
            new FeatureSpec("vol_raw", VOL, Optional.of(Interval.parse("3s")), 0, false));

    symbol.trade(0, 500).trade(1, 100).trade(2, 110).trade(3, 99);
    Map<String, Double> values = symbol.at(4);

    double first = Math.log(1.1);
    double second = Math.log(0.9);
    double expected = Math.abs(first - second) / Math.sqrt(2);
    assertThat(values.get("vol_raw")).isCloseTo(expected, within(1e-15));
    assertThat(values.get("vol")).isCloseTo(expected * Math.sqrt(365 * 86_400), within(1e-11));
  }

  @Test
  void twoBarsAreTooFewForAVolatilityAndUnmovedPricesHaveOneOfZero() {
    Fixture symbol = new Fixture("1s", over(VOL, "5s"), over(SKEW, "5s"), over(KURT, "5s"));

    symbol.trade(0, 7).trade(1, 7);
    Map<String, Double> two = symbol.at(2);
    symbol.trade(2, 7).trade(3, 7).trade(4, 7);
    Map<String, Double> five = symbol.at(5);

    assertThat(two.values()).containsOnly(Double.NaN);
    assertThat(five).isEqualTo(Map.of("vol", 0.0, "skew", Double.NaN, "kurt", Double.NaN));
  }

  @Test
  void volatilityIsUndefinedWhileANonPositivePriceIsInTheHorizon() {
    Fixture symbol = new Fixture("1s", over(VOL, "3s"));

    symbol.trade(0, 7).trade(1, -1).trade(2, 7).trade(3, 8).trade(4, 7);

    assertThat(symbol.at(3)).containsEntry("vol", Double.NaN);
    assertThat(symbol.at(4)).containsEntry("vol", Double.NaN);
    assertThat(symbol.at(5).get("vol")).isPositive();
  }

  @Test
  void negativePricesHaveNoReturnsEvenAmongThemselves() {
    Fixture symbol = new Fixture("1s", over(VOL, "3s"), over(RET, "1s"));

    symbol.trade(0.5, -4).trade(1.5, -2).trade(2.5, -1);

    assertThat(symbol.at(3)).isEqualTo(Map.of("vol", Double.NaN, "ret", Double.NaN));
  }

  @Test
  void aFallBelowZeroIsNoRise() {
    Fixture symbol = new Fixture("1s", over(RET, "1s"), bars(MOM, 1));

    symbol.trade(0, -10).at(1);
    symbol.trade(1.5, -37.63);

    assertThat(symbol.at(2)).isEqualTo(Map.of("ret", Double.NaN, "mom", Double.NaN));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 15, 0.5",
    "10, -5, -1.5",
    "10, 0, -1",
    "0, 10, NaN",
    "0, 0, NaN",
    "-10, 10, NaN",
    "-10, -5, NaN",
    "-10, 0, NaN",
    "-10, -10, NaN",
    "1e-100, 1e100, 1e200"
  })
  void aRelativeChangeNeedsAPositiveBase(double base, double price, double expected) {
    Fixture symbol = new Fixture("1s", over(RET, "1s"), bars(MOM, 1));

    symbol.trade(0, base).at(1);
    symbol.trade(1.5, price);

    assertThat(symbol.at(2)).isEqualTo(Map.of("ret", expected, "mom", expected));
  }

  /// What the guide's table says of prices that are not positive.
  @Test
  void belowZeroOnlyWhatIsRelativeIsUndefined() {
    Fixture symbol =
        new Fixture(
            "1s",
            over(VWAP, "4s"),
            over(OPEN, "4s"),
            over(HIGH, "4s"),
            over(LOW, "4s"),
            over(CLOSE, "4s"),
            over(VOLUME, "4s"),
            over(RET, "3s"),
            over(VOL, "5s"),
            over(SKEW, "5s"),
            over(KURT, "5s"),
            bars(MOM, 3),
            bars(RSI, 3));

    symbol.trade(0, -10, 1).at(1);
    symbol.trade(1, -37.63, 2).at(2);
    symbol.trade(2, 0, 0).at(3);
    symbol.trade(3, 5, 1);

    assertThat(symbol.at(4))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("vwap", -20.065), // (-10 - 75.26 + 5) / 4
                Map.entry("open", -10.0),
                Map.entry("high", 5.0),
                Map.entry("low", -37.63),
                Map.entry("close", 5.0),
                Map.entry("volume", 4.0),
                Map.entry("ret", Double.NaN),
                Map.entry("vol", Double.NaN),
                Map.entry("skew", Double.NaN),
                Map.entry("kurt", Double.NaN),
                Map.entry("mom", Double.NaN),
                Map.entry("rsi", 100 * (42.63 / (42.63 + 27.63)))));
  }

  @Test
  void barsPartlyInsideTheHorizonDoNotCount() {
    Fixture symbol = new Fixture("2s", over(VOL, "7s")).trade(0, 900).trade(1, 900);
    Fixture without = new Fixture("2s", over(VOL, "6s"));

    symbol.trade(2, 10).trade(4, 11).trade(6, 10);
    without.trade(2, 10).trade(4, 11).trade(6, 10);

    assertThat(symbol.at(8)).isEqualTo(without.at(8));
  }

  @Test
  void barsLookedBackAtAreThoseOfTheirEvaluationWhateverComesLate() {
    Fixture symbol = new Fixture("1s", bars(MOM, 1), bars(RSI, 1), over(CLOSE, "2s"));
    symbol.trade(0, 10).at(1);

    symbol.trade(0.5, 999);

    assertThat(symbol.trade(1, 20).at(2))
        .isEqualTo(Map.of("mom", 1.0, "rsi", 100.0, "close", 20.0));
  }

  @Test
  void rsiIsUndefinedWhileNoPriceMoves() {
    Fixture symbol = new Fixture("1s", bars(RSI, 2));

    for (int second = 0; second < 3; second++) {
      symbol.trade(second, 10).at(second + 1);
    }

    assertThat(symbol.trade(3, 10).at(4)).containsEntry("rsi", Double.NaN);
    assertThat(symbol.trade(4, 9).at(5)).containsEntry("rsi", 0.0);
  }

  @Test
  void whatIsNoEndOfAWindowWithATickIsRefusedAndChangesNothing() {
    Fixture symbol = new Fixture("2s", bars(MOM, 1)).trade(0, 10);
    double[] out = new double[1];
    symbol.features.evaluate(2_000_000, out);
    symbol.trade(4, 20);

    for (long end : new long[] {2_000_000, 0, 5_000_000, 4_000_000, 8_000_000}) {
      assertThatThrownBy(() -> symbol.features.evaluate(end, out))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> symbol.features.evaluate(6_000_000, new double[2]))
        .hasMessage("want room for 1 values, was 2");

    assertThat(symbol.at(6)).containsEntry("mom", 1.0);
    assertThat(symbol.features.price()).isEqualTo(20);
  }

  @Test
  void aSliceThatStartsBetweenSlicesIsRefused() {
    Fixture symbol = new Fixture("2s", over(VWAP, "3s"));

    assertThatThrownBy(
            () -> symbol.features.put(TestSlices.trade(500_000, Interval.parse("500ms"), 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a slice of 1s must start at a multiple of it, was 500000 µs");
  }

  @Test
  void noValueIsInfiniteWhateverThePrices() {
    double[] prices = {1e-8, 1e12, 5e-324, 1e100, 0, -1e100, 1e-8, 3, 1e12, 1e100, 5e-324};
    Fixture symbol =
        new Fixture(
            "1s",
            over(VWAP, "3s"),
            over(RET, "3s"),
            over(VOL, "5s"),
            over(SKEW, "5s"),
            over(KURT, "6s"),
            bars(RSI, 2),
            bars(MOM, 1),
            over(VOLUME, "2s"));

    for (int second = 0; second < prices.length; second++) {
      symbol.trade(second, prices[second], second % 3 == 0 ? 0 : 1e100);
      assertThat(symbol.at(second + 1).values()).noneMatch(value -> Double.isInfinite(value));
    }
  }
}
