package dev.mdp.cli.up;

import dev.mdp.config.LoadedConfig;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.embedded.redis.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The servers that `up` starts itself: those that the configuration does not name. One thread.
final class Servers implements AutoCloseable {
  private final Path folder;
  private final @Nullable EmbeddedRedis redis;
  private final @Nullable EmbeddedPostgres postgres;

  private Servers(Path folder, @Nullable EmbeddedRedis redis, @Nullable EmbeddedPostgres postgres) {
    this.folder = folder;
    this.redis = redis;
    this.postgres = postgres;
  }

  static Servers start(LoadedConfig loaded, Path folder) {
    EmbeddedPostgres postgres =
        loaded.chosen("store.url") ? null : EmbeddedPostgres.start(folder.resolve("postgres"));
    try {
      EmbeddedRedis redis =
          loaded.chosen("bus.redis.uri") ? null : EmbeddedRedis.start(folder.resolve("redis"));
      Servers servers = new Servers(folder, redis, postgres);
      servers.writeEnvironment();
      return servers;
    } catch (RuntimeException e) {
      if (postgres != null) {
        postgres.close();
      }
      throw e;
    }
  }

  /// `path=value` for the configuration.
  List<String> flags() {
    List<String> flags = new ArrayList<>();
    if (redis != null) {
      flags.add("bus.redis.uri=" + redis.uri());
    }
    if (postgres != null) {
      flags.add("store.url=" + postgres.url());
    }
    return flags;
  }

  /// What to tell the operator; empty when nothing was started.
  List<String> lines() {
    if (redis == null && postgres == null) {
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
    if (postgres != null) {
      text.append("export DATABASE_URL='").append(postgres.url()).append("'\n");
    }
    if (text.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("env"), text);
    } catch (IOException e) {
      throw new UnavailableException(
          "cannot write " + folder.resolve("env") + ": " + e.getMessage(), e);
    }
  }
}
