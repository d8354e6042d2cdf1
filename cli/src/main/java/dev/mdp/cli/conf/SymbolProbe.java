package dev.mdp.cli.conf;

import dev.mdp.config.LoadedConfig;
import java.util.List;

/// Asks the venues of a configuration which symbols they have.
@FunctionalInterface
public interface SymbolProbe {
  /// Throws [dev.mdp.core.error.ConfigException] naming every configured symbol that its venue does
  /// not have. A venue that cannot be asked is no failure.
  ///
  /// @return what else is to be told: venues that could not be asked, symbols that do not trade now
  List<String> check(LoadedConfig loaded);
}
