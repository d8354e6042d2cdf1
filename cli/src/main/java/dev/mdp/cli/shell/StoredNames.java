package dev.mdp.cli.shell;

import dev.mdp.config.LoadedConfig;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.store.Series;
import dev.mdp.store.PostgresStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The symbols and providers that exist: those of stored ticks and bars. A command asks when a
/// filter fits nothing, because a name that is mistyped would look like an empty range.
public record StoredNames(Set<String> symbols, Set<String> providers) {
  public StoredNames {
    symbols = Set.copyOf(symbols);
    providers = Set.copyOf(providers);
  }

  public static StoredNames of(PostgresStore store) {
    Set<String> symbols = new TreeSet<>();
    Set<String> providers = new TreeSet<>();
    List<Series> all = new ArrayList<>(store.series().barSeries());
    all.addAll(store.series().tickSeries());
    for (Series series : all) {
      symbols.add(series.symbol());
      providers.add(series.provider());
    }
    return new StoredNames(symbols, providers);
  }

  /// For commands that read the bus alone: empty when the database cannot be asked.
  public static Optional<StoredNames> ifReachable(CommandSpec spec, LoadedConfig loaded) {
    try (PostgresStore store = Access.store(spec, loaded)) {
      return Optional.of(of(store));
    } catch (MdpException e) {
      return Optional.empty();
    }
  }

  /// Throws `ParameterException` (exit 2) with every name that does not exist.
  ///
  /// @param met symbols that exist elsewhere
  public void require(
      CommandSpec spec,
      Collection<String> wantedSymbols,
      Collection<String> wantedProviders,
      Collection<String> met) {
    Set<String> known = new TreeSet<>(symbols);
    known.addAll(met);
    known.remove("");
    List<String> unknown = new ArrayList<>();
    for (String symbol : wantedSymbols) {
      if (!known.contains(symbol)) {
        unknown.add(UnknownName.message("--symbol", "symbol", symbol, known));
      }
    }
    for (String provider : wantedProviders) {
      if (!providers.contains(provider)) {
        unknown.add(UnknownName.message("--provider", "provider", provider, providers));
      }
    }
    if (!unknown.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("; ", unknown));
    }
  }
}
