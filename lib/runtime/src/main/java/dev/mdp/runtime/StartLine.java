package dev.mdp.runtime;

import dev.mdp.config.BusConfig;
import dev.mdp.config.KafkaConfig;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.RedisConfig;
import dev.mdp.config.read.Setting;
import dev.mdp.core.checkpoint.CheckpointKey;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// The first line of a worker's log: what runs, with which configuration, on which servers.
final class StartLine {
  private static final Logger LOG = LoggerFactory.getLogger("dev.mdp.worker");

  private StartLine() {}

  /// Logged before the servers are tried, so that it is above what is wrong with them.
  ///
  /// @param name of the command
  static void log(LoadedConfig loaded, String name, String metricsUrl) {
    BusConfig bus = loaded.config().bus();
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("version", BuildVersion.text())
            .addKeyValue("config", loaded.source())
            .addKeyValue("fingerprint", loaded.fingerprint())
            .addKeyValue("bus", setting(loaded, busKey(bus)))
            .addKeyValue("database", setting(loaded, "store.url"))
            .addKeyValue("topic", bus.topic());
    LoggingEventBuilder grouped =
        role(name).map(role -> line.addKeyValue("group", Wiring.group(bus, role))).orElse(line);
    grouped.addKeyValue("port", URI.create(metricsUrl).getPort()).log("{} starts", name);
  }

  private static String busKey(BusConfig bus) {
    return switch (bus) {
      case RedisConfig _ -> "bus.redis.uri";
      case KafkaConfig _ -> "bus.kafka.bootstrap_servers";
    };
  }

  /// As `mdp config show` has it: without passwords.
  private static String setting(LoadedConfig loaded, String path) {
    return loaded.settings().stream()
        .filter(setting -> setting.path().equals(path))
        .map(Setting::value)
        .map(String::valueOf)
        .findFirst()
        .orElse("");
  }

  private static Optional<String> role(String name) {
    return switch (name) {
      case "micro-batch" -> Optional.of(CheckpointKey.MICRO_BATCHER);
      case "ticks" -> Optional.of(CheckpointKey.TICK_CONSUMER);
      case "infer" -> Optional.of(CheckpointKey.INFERENCE);
      default -> Optional.empty();
    };
  }
}
