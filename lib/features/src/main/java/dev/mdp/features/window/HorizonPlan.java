package dev.mdp.features.window;

import dev.mdp.core.feature.FeatureKind;
import java.util.Set;

/// What is asked of the slices of one horizon.
public record HorizonPlan(long micros, Set<FeatureKind> kinds) {
  public HorizonPlan {
    kinds = Set.copyOf(kinds);
  }

  boolean needsVolume() {
    return kinds.contains(FeatureKind.VOLUME) || needsNotional();
  }

  boolean needsNotional() {
    return kinds.contains(FeatureKind.VWAP);
  }

  boolean needsHigh() {
    return kinds.contains(FeatureKind.HIGH);
  }

  boolean needsLow() {
    return kinds.contains(FeatureKind.LOW);
  }
}
