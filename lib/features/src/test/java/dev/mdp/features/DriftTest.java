package dev.mdp.features;

import static dev.mdp.core.feature.FeatureKind.HIGH;
import static dev.mdp.core.feature.FeatureKind.KURT;
import static dev.mdp.core.feature.FeatureKind.LOW;
import static dev.mdp.core.feature.FeatureKind.SKEW;
import static dev.mdp.core.feature.FeatureKind.VOL;
import static dev.mdp.core.feature.FeatureKind.VOLUME;
import static dev.mdp.core.feature.FeatureKind.VWAP;
import static dev.mdp.features.Fixture.over;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.decimal.DecimalSum;
import dev.mdp.features.window.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// After very many updates the windows hold what a new symbol holds that saw the last slices only.
class DriftTest {
  private static final int SLICES = 500_000;
  private static final int REPLACED_EACH = 4;

  @Test
  void nothingOfFormerSlicesIsLeftAfterMillionsOfThem() {
    RandomGenerator random = new SplittableRandom(3);
    Fixture old = fixture();
    List<Slice> last = new ArrayList<>();
    double[] values = new double[old.set.names().size()];
    for (int second = 0; second < SLICES; second++) {
      Slice slice = null;
      for (int i = 0; i < REPLACED_EACH; i++) {
        slice = slice(second, random);
        old.features.put(slice);
      }
      if (second >= SLICES - 20) {
        last.add(slice);
      }
      if (second % 5 == 4) {
        old.features.evaluate((second + 1) * Fixture.SECOND, values);
      }
    }

    Fixture fresh = fixture();
    last.forEach(fresh.features::put);
    double[] expected = new double[values.length];
    fresh.features.evaluate(SLICES * Fixture.SECOND, expected);

    assertThat(values).containsExactly(expected).doesNotContain(Double.NaN);
  }

  private static Fixture fixture() {
    return new Fixture(
        "1s",
        over(VWAP, "10s"),
        over(VOLUME, "7s"),
        over(VOL, "20s"),
        over(SKEW, "20s"),
        over(KURT, "12s"),
        over(HIGH, "15s"),
        over(LOW, "15s"));
  }

  private static Slice slice(long second, RandomGenerator random) {
    double price = random.nextInt(10_000, 10_100) / 100.0;
    DecimalSum volume = new DecimalSum();
    volume.add(random.nextInt(1_000), random.nextInt(9));
    DecimalSum notional = new DecimalSum();
    notional.add(random.nextInt(1_000_000), random.nextInt(9));
    return new Slice(
        second * Fixture.SECOND, price, price, price, price, Double.NaN, 1, volume, notional);
  }
}
