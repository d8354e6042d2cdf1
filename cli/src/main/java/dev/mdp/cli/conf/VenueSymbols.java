package dev.mdp.cli.conf;

import dev.mdp.config.LoadedConfig;
import dev.mdp.config.VenueConfig;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.Problems;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.providers.net.SymbolCheck;
import dev.mdp.runtime.ListedSymbols;
import dev.mdp.runtime.Wiring;
import dev.mdp.store.PostgresStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Asks the venues of enabled producers that name symbols, within the budget of requests that all
/// processes share.
final class VenueSymbols implements SymbolProbe {
  @Override
  public List<String> check(LoadedConfig loaded) {
    List<VenueConfig> venues =
        loaded.config().producers().providers().values().stream()
            .filter(VenueConfig.class::isInstance)
            .map(VenueConfig.class::cast)
            .filter(venue -> venue.enabled() && !venue.symbols().isEmpty())
            .sorted(Comparator.comparing(VenueConfig::name))
            .toList();
    if (venues.isEmpty()) {
      return List.of();
    }
    List<String> notes = new ArrayList<>();
    Problems problems = new Problems();
    try (PostgresStore store = Wiring.store(loaded.config(), StoreMetrics.NONE, "config check")) {
      venues.forEach(venue -> check(venue, loaded, store, problems, notes));
    }
    problems.throwIfAny(ConfigException::new);
    return notes;
  }

  private static void check(
      VenueConfig venue,
      LoadedConfig loaded,
      PostgresStore store,
      Problems problems,
      List<String> notes) {
    String key = "producers." + venue.name() + ".symbols";
    try {
      SymbolCheck listed = ListedSymbols.of(venue, store, InstantSource.system());
      listed
          .unknown(venue.symbols())
          .forEach(each -> problems.add(loaded.origin(key).detail(), key + ": " + each));
      listed.idle(venue.symbols()).forEach(each -> notes.add(key + ": " + each));
    } catch (MdpException e) {
      notes.add(key + " are not looked up: " + e.getMessage());
    }
  }
}
