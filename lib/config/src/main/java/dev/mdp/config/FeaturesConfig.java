package dev.mdp.config;

import dev.mdp.config.read.Section;
import dev.mdp.core.event.Interval;
import dev.mdp.core.feature.FeatureKind;
import dev.mdp.core.feature.FeatureSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `features`: the rolling statistics.
public record FeaturesConfig(List<FeatureSpec> windows) {
  private static final List<FeatureSpec> DEFAULTS =
      List.of(
          FeatureSpec.overHorizon("vwap_1m", FeatureKind.VWAP, Interval.parse("60s")),
          FeatureSpec.overHorizon("ret_30s", FeatureKind.RET, Interval.parse("30s")),
          FeatureSpec.overHorizon("vol_5m", FeatureKind.VOL, Interval.parse("300s")));

  public FeaturesConfig {
    windows = List.copyOf(windows);
  }

  static FeaturesConfig read(Section section) {
    List<Section> sections = section.list("windows");
    if (sections.isEmpty()) {
      return section.isGiven("windows") ? new FeaturesConfig(List.of()) : defaults(section);
    }
    return new FeaturesConfig(specs(sections));
  }

  /// The features of a list; what is wrong with one is reported at its place.
  static List<FeatureSpec> specs(List<Section> sections) {
    List<FeatureSpec> windows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section each : sections) {
      FeatureEntry entry = new FeatureEntry(each);
      entry.spec().ifPresent(windows::add);
      entry
          .name()
          .filter(name -> !names.add(name))
          .ifPresent(name -> each.problem("name", "'" + name + "' is used twice"));
    }
    return windows;
  }

  private static FeaturesConfig defaults(Section section) {
    for (int i = 0; i < DEFAULTS.size(); i++) {
      FeatureSpec spec = DEFAULTS.get(i);
      String path = "windows[" + i + "].";
      section.recordDefault(path + "name", spec.name());
      section.recordDefault(path + "kind", spec.kind().prefix());
      section.recordDefault(path + "horizon", spec.horizon().orElseThrow().toString());
      if (spec.kind() == FeatureKind.VOL) {
        section.recordDefault(path + "annualize", spec.annualize());
      }
    }
    return new FeaturesConfig(DEFAULTS);
  }
}
