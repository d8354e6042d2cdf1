package dev.mdp.cli.shell;

import dev.mdp.cli.completion.KnownKind;
import dev.mdp.config.BusConfig;
import dev.mdp.config.ConfigLoader;
import dev.mdp.config.DatasetConfig;
import dev.mdp.config.KafkaConfig;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.MdpConfig;
import dev.mdp.config.RedisConfig;
import dev.mdp.config.read.Setting;
import dev.mdp.core.calendar.Calendars;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.event.Symbol;
import dev.mdp.runtime.Wiring;
import dev.mdp.runtime.local.DataFolder;
import dev.mdp.runtime.local.UpServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/// The configuration of the command that runs: `--config` and `--set`, which every command
/// inherits, and the servers of an `mdp up` that runs in the same folder.
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
    return new Loading(spec, flags, allowMissingEnv).beside(up(spec, DataFolder.DEFAULT), further);
  }

  /// The same with the servers of the `up` that has its data in this folder.
  public static LoadedConfig loadBeside(CommandSpec spec, String dataDir) {
    return new Loading(spec, List.of(), false).beside(up(spec, dataDir), (_, _) -> {});
  }

  /// For a command that connects to nothing: variables may be missing, and no servers are looked
  /// for.
  public static LoadedConfig loadUnconnected(CommandSpec spec) {
    return new Loading(spec, List.of(), true).beside(UpServers.Found.NONE, (_, _) -> {});
  }

  /// Without the servers of any `up`: for that one itself.
  public static LoadedConfig loadAlone(CommandSpec spec, List<String> flags) {
    return new Loading(spec, flags, false).with(UpServers.Found.NONE, (_, _) -> {});
  }

  private static UpServers.Found up(CommandSpec spec, String dataDir) {
    return UpServers.read(RootCommand.of(spec).host().directory().resolve(dataDir), dataDir);
  }

  /// What a configuration names.
  private static Map<KnownKind, List<String>> named(LoadedConfig loaded) {
    MdpConfig config = loaded.config();
    BusConfig bus = config.bus();
    List<String> roles =
        List.of(CheckpointKey.MICRO_BATCHER, CheckpointKey.TICK_CONSUMER, CheckpointKey.INFERENCE);
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
        config.producers().symbols().stream().map(Symbol::value).toList(),
        KnownKind.CALENDAR,
        Calendars.BUILT_IN);
  }

  private record Loading(CommandSpec spec, List<String> flags, boolean allowMissingEnv) {
    LoadedConfig beside(UpServers.Found up, ConfigLoader.Further further) {
      boolean otherBus =
          up.variables().containsKey(UpServers.BUS_TYPE)
              && namesItsBus(with(up.without(UpServers.BUS_TYPE), (_, _) -> {}), up);
      UpServers.Found used = otherBus ? up.without(UpServers.BUS_TYPE) : up;
      LoadedConfig loaded = with(used, further);
      RootCommand root = RootCommand.of(spec);
      root.names().remember(named(loaded));
      if (loaded.searched()) {
        root.remark("configuration " + loaded.source());
      }
      if (up.note() != null) {
        root.warn(up.note());
      } else if (uses(loaded, up)) {
        root.remark("servers of the mdp up that runs here (" + up.source() + ")");
      }
      return loaded;
    }

    LoadedConfig with(UpServers.Found up, ConfigLoader.Further further) {
      RootCommand root = RootCommand.of(spec);
      List<String> sets = new ArrayList<>(root.sets);
      sets.addAll(flags);
      return new ConfigLoader(root.host().environment(), root.host().directory())
          .over(up.variables(), up.source())
          .load(root.config, sets, allowMissingEnv, further);
    }

    /// Whether the bus is another one than that of the `up`: its address was chosen elsewhere.
    private static boolean namesItsBus(LoadedConfig loaded, UpServers.Found up) {
      String address =
          switch (loaded.config().bus()) {
            case RedisConfig _ -> "bus.redis.uri";
            case KafkaConfig _ -> "bus.kafka.bootstrap_servers";
          };
      return loaded.chosen(address) && !isFrom(loaded, address, up);
    }

    private static boolean uses(LoadedConfig loaded, UpServers.Found up) {
      return !up.variables().isEmpty()
          && List.of("bus.type", "bus.redis.uri", "bus.kafka.bootstrap_servers", "store.url")
              .stream()
              .anyMatch(path -> isFrom(loaded, path, up));
    }

    private static boolean isFrom(LoadedConfig loaded, String path, UpServers.Found up) {
      return loaded.origin(path).detail().contains(" of " + up.source());
    }
  }
}
