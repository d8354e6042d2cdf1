package dev.mdp.cli.shell;

import dev.mdp.config.LoadedConfig;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.runtime.Wiring;
import dev.mdp.store.PostgresStore;
import picocli.CommandLine.Model.CommandSpec;

/// Bus and database for one-shot commands: nothing is served, nothing is logged, nothing waits.
public final class Access {
  private Access() {}

  public static EventBus bus(CommandSpec spec) {
    LoadedConfig loaded = ConfigOptions.load(spec);
    return Wiring.bus(loaded.config(), BusMetrics.NONE);
  }

  /// A store whose database is migrated.
  public static PostgresStore store(CommandSpec spec) {
    return store(spec, ConfigOptions.load(spec));
  }

  /// A store whose database is migrated, with a configuration that is loaded already.
  public static PostgresStore store(CommandSpec spec, LoadedConfig loaded) {
    PostgresStore store = Wiring.store(loaded.config(), StoreMetrics.NONE, spec.name());
    try {
      store.requireMigrated();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /// A store whatever its schema is.
  public static PostgresStore anyStore(CommandSpec spec) {
    LoadedConfig loaded = ConfigOptions.load(spec);
    return Wiring.store(loaded.config(), StoreMetrics.NONE, spec.name());
  }
}
