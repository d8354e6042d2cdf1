package dev.mdp.config;

import dev.mdp.config.read.Section;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `features`: the rolling statistics.
public record FeaturesConfig(List<Window> windows) {
  private static final List<Window> DEFAULTS =
      List.of(
          new Window("vwap_1m", Interval.parse("60s")),
          new Window("ret_30s", Interval.parse("30s")),
          new Window("vol_5m", Interval.parse("300s")));

  public FeaturesConfig {
    windows = List.copyOf(windows);
  }

  /// @param horizon how far back the statistic looks
  public record Window(String name, Interval horizon) {
    static final Window UNNAMED = new Window("unnamed", Interval.parse("1m"));

    static Window read(Section section) {
      return new Window(
          section
              .scalars()
              .required(
                  "name", UNNAMED.name, text -> Names.require("feature name", text), "vwap_1m"),
          section.scalars().required("horizon", UNNAMED.horizon, Interval::parse, "60s"));
    }
  }

  private static FeaturesConfig defaults(Section section) {
    for (int i = 0; i < DEFAULTS.size(); i++) {
      section.recordDefault("windows[" + i + "].name", DEFAULTS.get(i).name);
      section.recordDefault("windows[" + i + "].horizon", DEFAULTS.get(i).horizon.toString());
    }
    return new FeaturesConfig(DEFAULTS);
  }

  static FeaturesConfig read(Section section) {
    List<Section> sections = section.list("windows");
    if (sections.isEmpty()) {
      return section.isGiven("windows") ? new FeaturesConfig(List.of()) : defaults(section);
    }
    List<Window> windows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section each : sections) {
      Window window = Window.read(each);
      if (!names.add(window.name)) {
        each.problem("name", "'" + window.name + "' is used twice");
      }
      windows.add(window);
    }
    return new FeaturesConfig(windows);
  }
}
