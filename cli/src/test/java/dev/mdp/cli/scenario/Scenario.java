package dev.mdp.cli.scenario;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.cli.Mdp;
import dev.mdp.cli.shell.Host;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A folder with a configuration, a database and a stream that no one else uses, and the commands
/// that an operator types there.
final class Scenario implements AutoCloseable {
  private static final Map<String, String> INFO = Map.of("MDP_TELEMETRY_LOG_LEVEL", "INFO");
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final String name;
  private final Path folder;
  private final String redisUri;
  private final String databaseUrl;
  private final boolean dropsDatabase;
  private final Bus bus;
  private final RedisClient redisClient;
  private final StatefulRedisConnection<String, String> redis;
  private String sections = "";
  private final List<Child> children = new ArrayList<>();

  private Scenario(String name, String redisUri, String databaseUrl, boolean dropsDatabase) {
    this(name, redisUri, databaseUrl, dropsDatabase, new Bus("", 1));
  }

  /// @param kafka its servers; empty for Redis
  private record Bus(String kafka, int shards) {}

  private Scenario(
      String name, String redisUri, String databaseUrl, boolean dropsDatabase, Bus bus) {
    this.name = name;
    this.bus = bus;
    this.dropsDatabase = dropsDatabase;
    this.redisUri = redisUri;
    this.databaseUrl = databaseUrl;
    this.redisClient = RedisClient.create(redisUri);
    this.redis = redisClient.connect();
    try {
      this.folder = Files.createTempDirectory("mdp-scenario-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    datasets("");
  }

  static Scenario migrated() {
    String name = nextName();
    TestServers.createMigrated(name);
    return new Scenario(name, TestServers.REDIS.uri(), TestServers.url(name), true);
  }

  /// On Redis, in several streams.
  static Scenario onRedis(int shards) {
    String name = nextName();
    TestServers.createMigrated(name);
    return new Scenario(
        name, TestServers.REDIS.uri(), TestServers.url(name), true, new Bus("", shards));
  }

  /// On a Redis of the test's own, which it may stop, in several streams.
  static Scenario onOwnRedis(String redisUri, int shards) {
    String name = nextName();
    TestServers.createMigrated(name);
    return new Scenario(name, redisUri, TestServers.url(name), true, new Bus("", shards));
  }

  /// With its topics on Kafka.
  static Scenario onKafka(int partitions) {
    return onKafka(TestKafka.servers(), partitions);
  }

  static Scenario onKafka(String servers, int partitions) {
    String name = nextName();
    TestServers.createMigrated(name);
    Scenario scenario =
        new Scenario(
            name,
            TestServers.REDIS.uri(),
            TestServers.url(name),
            true,
            new Bus(servers, partitions));
    scenario.mdp("stream", "topics", "create").requireCode(0);
    return scenario;
  }

  static Scenario empty() {
    String name = nextName();
    TestServers.createEmpty(name);
    return new Scenario(name, TestServers.REDIS.uri(), TestServers.url(name), true);
  }

  static Scenario on(String database) {
    return new Scenario(database, TestServers.REDIS.uri(), TestServers.url(database), false);
  }

  /// On servers of the test's own, which it may stop.
  static Scenario on(String redisUri, String databaseUrl) {
    return new Scenario(nextName(), redisUri, databaseUrl, false);
  }

  /// The same database, stream and groups, on another Redis.
  static Scenario sharing(Scenario other, String redisUri) {
    return new Scenario(other.name, redisUri, other.databaseUrl, false);
  }

  private static String nextName() {
    return "scenario_" + COUNTER.incrementAndGet();
  }

  /// Adds sections to the configuration, which the next [#datasets] writes.
  Scenario sections(String yaml) {
    sections = yaml;
    return this;
  }

  /// Writes the configuration with these lines under `datasets:`.
  Scenario datasets(String lines) {
    write(
        "configs/streaming.yaml",
        """
        version: 1
        bus:
        %s
        store: { url: "%s", pool_max: 4 }
        micro_batch: { lease_ms: 2000, flush_timeout_ms: 200 }
        ticks: { flush_timeout_ms: 100 }
        telemetry: { metrics_port: 0, log_level: WARN }
        %s
        datasets:
        %s
        """
            .formatted(
                bus().indent(2).stripTrailing(),
                databaseUrl,
                sections,
                lines.isEmpty() ? "  {}" : lines.indent(2)));
    return this;
  }

  private String bus() {
    String redis =
        "redis: { uri: \"%s\", stream: %s, signals_stream: %s, consumer_group: %s, shards: %d }"
            .formatted(redisUri, stream(), signalsTopic(), name, bus.shards());
    return bus.kafka().isEmpty()
        ? redis
        : "type: kafka\n"
            + redis
            + "\nkafka: { bootstrap_servers: \"%s\", topic: %s, signals_topic: %s.signals, consumer_group: %s, partitions: %d }"
                .formatted(bus.kafka(), stream(), name, name, bus.shards());
  }

  Path write(String file, String text) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      return Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  String database() {
    return name;
  }

  String stream() {
    return name + ".events";
  }

  String signalsTopic() {
    return name + ".signals";
  }

  String group(String what) {
    return name + "-" + what;
  }

  /// Runs a command in this process until it ends.
  Outcome mdp(String... args) {
    return mdp(Map.of(), args);
  }

  Outcome mdp(Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Host host = new Host(environment, folder, Clock.systemUTC(), false, false);
    int code = Mdp.run(host, args, new PrintWriter(out), new PrintWriter(err));
    return new Outcome(String.join(" ", args), code, out.toString(), err.toString());
  }

  /// Starts a command in this process.
  RunningCommand start(String... args) {
    return start(Map.of(), args);
  }

  RunningCommand start(Map<String, String> environment, String... args) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            outcome.complete(mdp(environment, args));
          } catch (Throwable e) {
            outcome.completeExceptionally(e);
          }
        });
    return new RunningCommand(String.join(" ", args), outcome);
  }

  /// Starts a command in its own process.
  Child child(String... args) {
    return kept(Child.start(folder, INFO, args));
  }

  Child child(Map<String, String> environment, String... args) {
    Map<String, String> all = new HashMap<>(INFO);
    all.putAll(environment);
    return kept(Child.start(folder, all, args));
  }

  /// The same, hearing SIGHUP however the tests were started.
  Child childHearingHup(String... args) {
    return kept(Child.startHearingHup(folder, INFO, args));
  }

  private Child kept(Child child) {
    children.add(child);
    return child;
  }

  /// Commands of `redis-cli`.
  RedisCommands<String, String> redis() {
    return redis.sync();
  }

  /// `redis-cli XADD STREAM '*' data JSON`.
  String xadd(String json) {
    return redis().xadd(stream(), "data", json);
  }

  void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql + ": " + e.getMessage(), e);
    }
  }

  /// Every row with its columns joined by `|`.
  List<String> rows(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          columns.add(String.valueOf(rows.getString(column)));
        }
        all.add(String.join("|", columns));
      }
      return all;
    } catch (SQLException e) {
      throw new AssertionError(sql + ": " + e.getMessage(), e);
    }
  }

  String value(String sql) {
    return rows(sql).getFirst();
  }

  long count(String sql) {
    return Long.parseLong(value(sql));
  }

  /// Waits until a query answers this.
  void await(String sql, String expected) {
    await(sql, expected, Duration.ofSeconds(40));
  }

  void await(String sql, String expected, Duration atMost) {
    Awaitility.await(sql + " = " + expected)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> assertThat(value(sql)).as(this::lastLinesOfChildren).isEqualTo(expected));
  }

  private String lastLinesOfChildren() {
    return children.stream().map(Child::lastLines).collect(joining("\n", "", "\n"));
  }

  /// A session of the test's own; its times are in UTC, whatever the JVM's zone is.
  Connection connect() throws SQLException {
    java.net.URI url = java.net.URI.create(databaseUrl);
    String[] user = url.getUserInfo().split(":", 2);
    Connection connection =
        java.sql.DriverManager.getConnection(
            "jdbc:postgresql://"
                + url.getAuthority().substring(url.getUserInfo().length() + 1)
                + url.getPath(),
            user[0],
            user.length > 1 ? user[1] : "");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
    }
    return connection;
  }

  @Override
  public void close() {
    children.forEach(Child::close);
    redisClient.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    if (dropsDatabase) {
      TestServers.drop(name);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
