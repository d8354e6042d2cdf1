package dev.mdp.cli;

import dev.mdp.cli.completion.KnownKind;
import dev.mdp.config.BusConfig;
import dev.mdp.config.ConfigLoader;
import dev.mdp.config.DatasetConfig;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.MdpConfig;
import dev.mdp.config.read.Setting;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.CheckpointKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    LoadedConfig loaded =
        new ConfigLoader(mdp.host().environment(), mdp.host().directory())
            .load(mdp.config, sets, allowMissingEnv, further);
    mdp.names().remember(named(loaded));
    return loaded;
  }

  /// What a configuration names.
  private static Map<KnownKind, List<String>> named(LoadedConfig loaded) {
    MdpConfig config = loaded.config();
    BusConfig bus = config.bus();
    List<String> roles =
        List.of(
            CheckpointKey.MICRO_BATCHER, CheckpointKey.TICK_CONSUMER, CheckpointKey.INFERENCE);
    return Map.of(
        KnownKind.KEY,
        loaded.settings().stream().map(Setting::path).toList(),
        KnownKind.DATASET,
        List.copyOf(config.datasets().keySet()),
        KnownKind.PROVIDER,
        config.datasets().values().stream().map(DatasetConfig::provider).distinct().toList(),
        KnownKind.GROUP,
        roles.stream().map(role -> Wiring.group(bus, role)).toList(),
        KnownKind.TOPIC,
        bus.topics(),
        KnownKind.SYMBOL,
        config.producers().synthetic().symbols().stream().map(Symbol::value).toList());
  }
}
