package dev.mdp.inference.rules;

import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The configured features, completed by what rules name besides: the default of a kind that has no
/// feature, and a feature whose name says its kind and how far it looks back.
final class CompletedFeatures {
  private final List<FeatureSpec> features;
  private final List<String> notices = new ArrayList<>();

  CompletedFeatures(List<FeatureSpec> configured) {
    this.features = new ArrayList<>(configured);
  }

  /// The configured ones, then those that were added.
  List<FeatureSpec> all() {
    return List.copyOf(features);
  }

  /// What was added, a sentence each.
  List<String> notices() {
    return List.copyOf(notices);
  }

  Optional<FeatureSpec> find(String name) {
    return features.stream().filter(spec -> spec.name().equals(name)).findFirst();
  }

  /// Adds a feature that its name describes, as `volume_10s` does.
  Optional<FeatureSpec> byItself(String name) {
    Optional<FeatureSpec> spec = FeatureSpec.ofName(name);
    spec.ifPresent(added -> {
      features.add(added);
      notices.add(
          "the rules name %s and it is not configured: it is added (%s)"
              .formatted(name, extent(added)));
    });
    return spec;
  }

  /// Adds the default of a kind, unless it is there.
  FeatureSpec byDefault(FeatureKind kind) {
    FeatureSpec spec =
        DefaultFeatures.of(kind)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no %s is configured: add one to features.windows, e.g. { name: %s_1m, horizon: 60s }, or name how far it looks back: %s_1m"
                        .formatted(kind.plainName(), kind.prefix(), kind.prefix())));
    if (features.contains(spec)) {
      return spec;
    }
    if (find(spec.name()).isPresent()) {
      throw new IllegalArgumentException(
          "no %s is configured, and the name of its default, %s, is another feature's"
              .formatted(kind.plainName(), spec.name()));
    }
    features.add(spec);
    notices.add(
        "the rules name a %s and none is configured: %s is added (%s)"
            .formatted(kind.plainName(), spec.name(), extent(spec)));
    return spec;
  }

  private static String extent(FeatureSpec spec) {
    return spec.horizon().isPresent()
        ? "horizon " + spec.horizon().get()
        : spec.periods() + " evaluation bars";
  }
}
