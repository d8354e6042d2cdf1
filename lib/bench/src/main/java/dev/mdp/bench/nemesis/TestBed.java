package dev.mdp.bench.nemesis;

import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.database.StoreSettings;
import dev.mdp.testkit.net.PostgresWire;
import dev.mdp.testkit.net.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What the nemesis works on: a durable PostgreSQL with a proxy before it, the log, and the
/// configuration that the workers read.
final class TestBed implements AutoCloseable {
  static final String TOPIC = "mdp.events";
  static final String DEAD_LETTERS = TOPIC + ".dlq";
  static final String GROUP = "nemesis";
  static final int SHARDS = 3;
  static final List<String> INTERVALS = List.of("2s", "10s");

  /// Who the workers are: a role for which someone has set what would change every result.
  private static final String HOSTILE_ROLE =
      """
      CREATE SCHEMA elsewhere;
      CREATE ROLE workers LOGIN SUPERUSER PASSWORD 'workers';
      ALTER ROLE workers SET search_path = elsewhere;
      ALTER ROLE workers SET extra_float_digits = 0;
      ALTER ROLE workers SET DateStyle = 'SQL, DMY';
      ALTER ROLE workers SET IntervalStyle = 'sql_standard';
      ALTER ROLE workers SET TimeZone = 'Asia/Kathmandu';
      ALTER ROLE workers SET bytea_output = 'escape';
      ALTER ROLE workers SET client_encoding = 'LATIN1';
      ALTER ROLE workers SET standard_conforming_strings = off;
      ALTER ROLE workers SET array_nulls = off;
      ALTER ROLE workers SET transform_null_equals = on;
      ALTER ROLE workers SET default_transaction_isolation = 'serializable';
      ALTER ROLE workers SET default_transaction_read_only = on;
      ALTER ROLE workers SET session_replication_role = replica;
      ALTER ROLE workers SET plan_cache_mode = force_generic_plan;
      ALTER ROLE workers SET synchronous_commit = off;
      ALTER ROLE workers SET statement_timeout = '100ms';
      ALTER ROLE workers SET lock_timeout = '1ms';
      ALTER ROLE workers SET idle_session_timeout = '900ms';
      ALTER ROLE workers SET idle_in_transaction_session_timeout = '20ms';
      """;

  private final boolean keep;
  private long backedUpMillis;
  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final PostgresWire postgresWire = new PostgresWire();
  private final TcpProxy postgresProxy;
  private final LogServer log;

  /// @param producers more of the workers' configuration
  TestBed(boolean kafka, boolean keep, String producers) throws IOException, SQLException {
    this.keep = keep;
    folder = Files.createTempDirectory("mdp-nemesis-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
    postgresProxy = new TcpProxy(postgres.port(), postgresWire);
    log = kafka ? new KafkaServer() : new RedisServer();
    try (PostgresStore store =
        new PostgresStore(StoreSettings.of(postgres.url(), 2, "nemesis"), StoreMetrics.NONE)) {
      store.migrations().migrate();
    }
    try (Connection connection = connect()) {
      History.install(connection);
    }
    execute(HOSTILE_ROLE);
    writeConfiguration(producers);
  }

  private void writeConfiguration(String producers) throws IOException {
    Files.createDirectories(folder.resolve("configs"));
    Files.writeString(
        folder.resolve("configs/streaming.yaml"),
        """
        version: 1
        bus: %s
        store: { url: "postgresql://workers:workers@127.0.0.1:%d/market_data", pool_max: 3 }
        micro_batch:
          windows: [%s]
          allow_late_ms: 300
          revise_late_ms: 20000
          flush_timeout_ms: 200
          lease_ms: %d
        ticks: { batch_size: 200, flush_timeout_ms: 200, claim_idle_ms: 3000 }
        telemetry: { metrics_port: 0, log_level: INFO }
        """
                .formatted(
                    log.configuration(),
                    postgresProxy.port(),
                    String.join(", ", INTERVALS),
                    LEASE_MILLIS)
            + producers);
  }

  static final long LEASE_MILLIS = 2_000;

  /// The stream of a shard.
  static String stream(int shard) {
    return TOPIC + "." + shard;
  }

  Path folder() {
    return folder;
  }

  LogServer log() {
    return log;
  }

  PostgresWire postgresWire() {
    return postgresWire;
  }

  /// To the database itself, not through the proxy.
  Connection connect() throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl());
  }

  /// PostgreSQL ends without a checkpoint and recovers from its log.
  void restartPostgres() {
    postgres.crash();
    postgres.startAgain();
  }

  /// Copies the data of the server, which is ended for it, and starts it again.
  void backUp() throws IOException {
    postgres.crash();
    copy(postgres.dataDir(), backup());
    backedUpMillis = System.currentTimeMillis();
    postgres.startAgain();
  }

  /// Ends the server and starts it with the data of the last copy; returns how old that is. What
  /// the trigger had noted since is gone with it, too.
  long restore() throws IOException {
    postgres.crash();
    long age = System.currentTimeMillis() - backedUpMillis;
    run("rm", "-rf", postgres.dataDir().toString());
    copy(backup(), postgres.dataDir());
    run("rm", "-rf", backup().toString());
    postgres.startAgain();
    return age;
  }

  private Path backup() {
    return folder.resolve("postgres.backup");
  }

  /// With owners and times: the server may run as another account.
  private static void copy(Path from, Path to) throws IOException {
    run("cp", "-a", from.toString(), to.toString());
  }

  private static void run(String... command) throws IOException {
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String versions() {
    return "PostgreSQL " + postgres.version() + ", " + log.version();
  }

  @Override
  public void close() throws IOException {
    log.close();
    postgresProxy.close();
    postgres.close();
    if (keep) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
