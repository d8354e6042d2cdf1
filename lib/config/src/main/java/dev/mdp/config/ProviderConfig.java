package dev.mdp.config;

import dev.mdp.core.event.Symbol;
import java.util.List;

/// A section of `producers`: one provider of live events.
public sealed interface ProviderConfig permits SyntheticConfig, VenueConfig {
  /// As `--provider` and `producers` name it.
  String name();

  boolean enabled();

  /// What is produced unless the command line names other symbols.
  List<Symbol> symbols();
}
