package dev.mdp.runtime.local;

import dev.mdp.config.KafkaConfig;
import dev.mdp.config.LoadedConfig;
import dev.mdp.config.RedisConfig;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.embedded.ServerPassword;
import dev.mdp.embedded.kafka.EmbeddedKafka;
import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.embedded.redis.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The servers of `up`: those that the configuration names, and for the rest its own. One thread.
public final class Servers implements AutoCloseable {
  private final LoadedConfig loaded;
  private final DataFolder folder;
  private final List<String> given = new ArrayList<>();
  private @Nullable EmbeddedRedis redis;
  private @Nullable EmbeddedKafka kafka;
  private @Nullable EmbeddedPostgres postgres;
  private @Nullable UpServers file;

  private Servers(LoadedConfig loaded, DataFolder folder) {
    this.loaded = loaded;
    this.folder = folder;
  }

  public static Servers start(
      LoadedConfig loaded, DataFolder folder, Map<String, String> environment) {
    Servers servers = new Servers(loaded, folder);
    try {
      servers.startDatabase();
      servers.startBus(environment);
      servers.writeFile();
      return servers;
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  private void startDatabase() {
    if (loaded.chosen("store.url")) {
      given.add(loaded.config().store().url().redacted());
    } else {
      folder.open();
      postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
    }
  }

  private void startBus(Map<String, String> environment) {
    switch (loaded.config().bus()) {
      case RedisConfig config when loaded.chosen("bus.redis.uri") ->
          given.add(config.uri().redacted());
      case KafkaConfig config when loaded.chosen("bus.kafka.bootstrap_servers") ->
          given.add("kafka " + config.bootstrapServers().redacted());
      case RedisConfig _ -> {
        openFolder();
        redis = EmbeddedRedis.start(folder.resolve("redis"));
      }
      case KafkaConfig _ -> {
        openFolder();
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), brokerJars(environment));
      }
    }
  }

  /// Once: what PostgreSQL's account needs of it stays.
  private void openFolder() {
    if (postgres == null) {
      folder.open();
    }
  }

  /// The launcher names the folder that a source checkout has.
  private static Path brokerJars(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("MDP_KAFKA_LIB", "lib/kafka-broker/target/lib"));
  }

  /// `path=value` for the configuration; empty when nothing was started.
  public List<String> flags() {
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

  /// What to tell the operator. No password: the lines to connect take it from the file.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!given.isEmpty()) {
      lines.add("given      " + String.join(" · ", given));
    }
    List<String> started = new ArrayList<>();
    List<String> connect = new ArrayList<>();
    String source = ". " + sourced();
    if (postgres != null) {
      started.add("postgresql " + postgres.version() + " on 127.0.0.1:" + postgres.port());
      connect.add("(" + source + "; psql)");
    }
    if (redis != null) {
      started.add("redis " + redis.version() + " on 127.0.0.1:" + redis.port());
      connect.add("(" + source + "; redis-cli -p " + redis.port() + " --user mdp)");
    }
    if (kafka != null) {
      started.add("kafka " + kafka.version() + " on " + kafka.bootstrapServers());
      connect.add("kcat -b " + kafka.bootstrapServers());
    }
    if (!started.isEmpty()) {
      lines.add("embedded   " + String.join(" · ", started) + " · data in " + folder.shown());
      lines.add("connect    " + String.join("     ", connect));
      lines.add("           " + others());
    }
    return lines;
  }

  private String others() {
    return folder.isDefault()
        ? "other mdp commands that are started in this folder find these servers by themselves"
        : "other mdp commands: (. " + sourced() + "; ./mdp stream tail)";
  }

  /// The file's name for the shell, which looks for one without a slash in PATH.
  private String sourced() {
    String name = folder.shown().resolve("env").toString();
    String quoted =
        name.matches("[A-Za-z0-9_./+-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    return name.contains("/") ? quoted : "./" + quoted;
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
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

  private void writeFile() {
    Map<String, String> variables = variables();
    if (variables.isEmpty()) {
      return;
    }
    Path env = folder.resolve("env");
    try {
      file = UpServers.write(folder.path(), variables);
    } catch (IOException e) {
      throw new UnavailableException("cannot write " + env + ": " + e.getMessage(), e);
    }
  }

  /// What other commands read, and what `psql` and `redis-cli` know, so that a password need not be
  /// among their arguments, which every user sees.
  private Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    if (redis != null) {
      variables.put(UpServers.REDIS, redis.uri());
      variables.put("REDISCLI_AUTH", redis.password().map(ServerPassword::value).orElse(""));
    }
    if (kafka != null) {
      variables.put(UpServers.BUS_TYPE, "kafka");
      variables.put(UpServers.KAFKA, kafka.bootstrapServers());
    }
    if (postgres != null) {
      variables.put(UpServers.DATABASE, postgres.url());
      variables.put("PGHOST", "127.0.0.1");
      variables.put("PGPORT", Integer.toString(postgres.port()));
      variables.put("PGUSER", EmbeddedPostgres.ROLE);
      variables.put("PGDATABASE", EmbeddedPostgres.DATABASE);
      variables.put("PGPASSWORD", postgres.password().map(ServerPassword::value).orElse(""));
    }
    return variables;
  }
}
