package dev.mdp.cli.up;

import dev.mdp.config.KafkaConfig;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.RedisConfig;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.kafka.EmbeddedKafka;
import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.embedded.redis.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The servers that `up` starts itself: those that the configuration does not name. One thread.
final class Servers implements AutoCloseable {
  private final LoadedConfig loaded;
  private final Path folder;
  private @Nullable EmbeddedRedis redis;
  private @Nullable EmbeddedKafka kafka;
  private @Nullable EmbeddedPostgres postgres;

  private Servers(LoadedConfig loaded, Path folder) {
    this.loaded = loaded;
    this.folder = folder;
  }

  static Servers start(LoadedConfig loaded, Path folder, Map<String, String> environment) {
    Servers servers = new Servers(loaded, folder);
    try {
      if (!loaded.chosen("store.url")) {
        servers.postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
      }
      switch (loaded.config().bus()) {
        case RedisConfig _ when !loaded.chosen("bus.redis.uri") ->
            servers.redis = EmbeddedRedis.start(folder.resolve("redis"));
        case KafkaConfig _ when !loaded.chosen("bus.kafka.bootstrap_servers") ->
            servers.kafka = EmbeddedKafka.start(folder.resolve("kafka"), brokerJars(environment));
        case RedisConfig _, KafkaConfig _ -> {}
      }
      servers.writeEnvironment();
      return servers;
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /// The launcher names the folder that a source checkout has.
  private static Path brokerJars(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("MDP_KAFKA_LIB", "lib/kafka-broker/target/lib"));
  }

  /// `path=value` for the configuration.
  List<String> flags() {
    List<String> flags = new ArrayList<>();
    if (redis != null) {
      flags.add("bus.redis.uri=" + redis.uri());
    }
    if (kafka != null) {
      flags.add("bus.kafka.bootstrap_servers=" + kafka.bootstrapServers());
    }
    if (postgres != null) {
      flags.addAll(UpDatabase.flags(loaded, postgres.url()));
    }
    return flags;
  }

  /// What to tell the operator; empty when nothing was started.
  List<String> lines() {
    if (redis == null && kafka == null && postgres == null) {
      return List.of();
    }
    List<String> started = new ArrayList<>();
    List<String> connect = new ArrayList<>();
    if (postgres != null) {
      started.add("postgresql " + postgres.version() + " on 127.0.0.1:" + postgres.port());
      connect.add("psql '" + postgres.url() + "'");
    }
    if (redis != null) {
      started.add("redis " + redis.version() + " on 127.0.0.1:" + redis.port());
      connect.add("redis-cli -p " + redis.port());
    }
    if (kafka != null) {
      started.add("kafka " + kafka.version() + " on " + kafka.bootstrapServers());
      connect.add("kcat -b " + kafka.bootstrapServers());
    }
    return List.of(
        "embedded   " + String.join(" · ", started) + " · data in " + folder,
        "connect    " + String.join("     ", connect),
        "           other mdp commands, in another terminal: . " + folder.resolve("env"));
  }

  @Override
  public void close() {
    try {
      if (redis != null) {
        redis.close();
      }
      if (kafka != null) {
        kafka.close();
      }
    } finally {
      if (postgres != null) {
        postgres.close();
      }
    }
  }

  /// The servers' addresses as shell variables, so that other commands find them.
  private void writeEnvironment() {
    StringBuilder text = new StringBuilder();
    if (redis != null) {
      text.append("export REDIS_URI='").append(redis.uri()).append("'\n");
    }
    if (kafka != null) {
      text.append("export MDP_BUS_TYPE=kafka\n");
      text.append("export KAFKA_BOOTSTRAP='").append(kafka.bootstrapServers()).append("'\n");
    }
    if (postgres != null) {
      text.append("export DATABASE_URL='").append(postgres.url()).append("'\n");
    }
    if (text.isEmpty()) {
      return;
    }
    Path env = folder.resolve("env");
    try {
      Files.createDirectories(folder);
      replace(env, text);
    } catch (IOException e) {
      throw new UnavailableException("cannot write " + env + ": " + e.getMessage(), e);
    }
  }

  /// Whole or not at all, because other terminals read it at any time, and never through a link.
  private static void replace(Path env, CharSequence text) throws IOException {
    boolean foreign =
        Files.exists(env, LinkOption.NOFOLLOW_LINKS)
            && !Files.isRegularFile(env, LinkOption.NOFOLLOW_LINKS);
    if (foreign) {
      throw new ConfigException(env + " is not a regular file; use another --data-dir");
    }
    Path part = Files.createTempFile(env.getParent(), ".env-", ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, env, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
