package dev.mdp.config;

import dev.mdp.config.read.Section;
import dev.mdp.core.event.Symbol;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// `producers`: where live events come from. All sections of the file are read and judged,
/// whichever are used.
public record ProducersConfig(Map<String, ProviderConfig> providers) {
  public ProducersConfig {
    providers = Map.copyOf(providers);
  }

  /// @param root has the section `producers`
  static ProducersConfig read(Section root) {
    SortedMap<String, ProviderConfig> providers = new TreeMap<>();
    root.named("producers", SyntheticConfig.NAME)
        .forEach((name, section) ->
            providers.put(
                name,
                name.equals(SyntheticConfig.NAME)
                    ? SyntheticConfig.read(section)
                    : VenueConfig.read(name, section)));
    return new ProducersConfig(providers);
  }

  /// The providers that this program has without a configuration, as `--provider` names them.
  public static SortedSet<String> builtIn() {
    SortedSet<String> names = new TreeSet<>(List.of(SyntheticConfig.NAME));
    for (Venue venue : Venue.values()) {
      names.add(venue.word());
    }
    return names;
  }

  /// The providers that there are, as `--provider` names them.
  public SortedSet<String> names() {
    SortedSet<String> names = builtIn();
    names.addAll(providers.keySet());
    return names;
  }

  /// @param name one of [#names]
  public ProviderConfig of(String name) {
    ProviderConfig config = providers.get(name);
    if (config != null) {
      return config;
    }
    if (!Venue.isOne(name)) {
      throw new IllegalArgumentException("not a provider: " + name);
    }
    return VenueConfig.plain(Venue.of(name));
  }

  /// The symbols of all providers.
  public List<Symbol> symbols() {
    return providers.values().stream()
        .flatMap(provider -> provider.symbols().stream())
        .distinct()
        .toList();
  }
}
