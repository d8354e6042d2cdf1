package dev.mdp.cli;

import dev.mdp.config.ConfigLoader;
import dev.mdp.config.LoadedConfig;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// The configuration of the command that runs: `--config` and `--set`, which every command
/// inherits.
public final class ConfigOptions {
  private ConfigOptions() {}

  public static LoadedConfig load(CommandSpec spec) {
    return load(spec, List.of(), false);
  }

  /// @param flags `path=value` of the command's own options, which beat `--set`
  public static LoadedConfig load(CommandSpec spec, List<String> flags, boolean allowMissingEnv) {
    return load(spec, flags, allowMissingEnv, (_, _) -> {});
  }

  /// @param further looks at what the configuration names
  public static LoadedConfig load(
      CommandSpec spec, List<String> flags, boolean allowMissingEnv, ConfigLoader.Further further) {
    Mdp mdp = Mdp.of(spec);
    List<String> sets = new ArrayList<>(mdp.sets);
    sets.addAll(flags);
    return new ConfigLoader(mdp.host().environment(), mdp.host().directory())
        .load(mdp.config, sets, allowMissingEnv, further);
  }
}
