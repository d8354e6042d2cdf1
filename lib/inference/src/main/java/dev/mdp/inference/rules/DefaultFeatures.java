package dev.mdp.inference.rules;

import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import java.util.Optional;

/// The features that are added for a plain name when no feature of its kind is configured.
public final class DefaultFeatures {
  private DefaultFeatures() {}

  /// Open, high, low and close have none: how far they look back is the whole question.
  public static Optional<FeatureSpec> of(FeatureKind kind) {
    return switch (kind) {
      case VWAP -> over("vwap_1m", kind, "60s");
      case RET -> over("ret_30s", kind, "30s");
      case VOL -> over("vol_5m", kind, "300s");
      case RSI -> Optional.of(FeatureSpec.overBars("rsi_14", kind, 14));
      case MOM -> Optional.of(FeatureSpec.overBars("mom_10", kind, 10));
      case SKEW -> over("skew_5m", kind, "300s");
      case KURT -> over("kurt_5m", kind, "300s");
      case VOLUME -> over("volume_1m", kind, "60s");
      case OPEN, HIGH, LOW, CLOSE -> Optional.empty();
    };
  }

  private static Optional<FeatureSpec> over(String name, FeatureKind kind, String horizon) {
    return Optional.of(FeatureSpec.overHorizon(name, kind, Interval.parse(horizon)));
  }
}
