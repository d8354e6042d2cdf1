package dev.mdp.features;

import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// One symbol whose trades are told second by second.
final class Fixture {
  static final long SECOND = 1_000_000;

  final FeatureSet set;
  final SymbolFeatures features;

  Fixture(String every, FeatureSpec... specs) {
    set = new FeatureSet(Arrays.asList(specs), Interval.parse(every));
    features = set.forSymbol();
  }

  static FeatureSpec over(FeatureKind kind, String horizon) {
    return FeatureSpec.overHorizon(kind.prefix(), kind, Interval.parse(horizon));
  }

  static FeatureSpec bars(FeatureKind kind, int periods) {
    return FeatureSpec.overBars(kind.prefix(), kind, periods);
  }

  /// One trade at this second, alone in its slice.
  Fixture trade(double second, double price, double size) {
    features.put(TestSlices.trade(micros(second), set.slice(), price, size));
    return this;
  }

  Fixture trade(double second, double price) {
    return trade(second, price, 1);
  }

  /// The values at the end of the evaluation window that ends at this second, by name.
  Map<String, Double> at(double second) {
    double[] out = new double[set.names().size()];
    features.evaluate(micros(second), out);
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < out.length; i++) {
      values.put(set.names().get(i), out[i]);
    }
    return values;
  }

  static long micros(double second) {
    return Math.round(second * SECOND);
  }
}
