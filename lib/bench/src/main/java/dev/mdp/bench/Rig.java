package dev.mdp.bench;

import dev.mdp.embedded.postgres.EmbeddedPostgres;
import dev.mdp.embedded.redis.EmbeddedRedis;
import dev.mdp.store.PostgresStore;
import dev.mdp.store.database.StoreSettings;
import dev.mdp.telemetry.Meters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The servers of a benchmark: a durable PostgreSQL with its usual settings and a Redis with an
/// append-only file, which is not rewritten in the middle of a measurement. One thread.
final class Rig implements AutoCloseable {
  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final EmbeddedRedis redis;
  private final PostgresStore store;
  private final Connection connection;

  Rig() throws IOException, SQLException {
    folder = Files.createTempDirectory("mdp-bench-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
    redis = EmbeddedRedis.startTemporary("--auto-aof-rewrite-percentage", "0");
    store =
        new PostgresStore(
            StoreSettings.of(postgres.url(), 4, "bench"), new Meters("redis").metrics().store());
    store.migrations().migrate();
    connection = DriverManager.getConnection(postgres.jdbcUrl());
  }

  PostgresStore store() {
    return store;
  }

  Connection connection() {
    return connection;
  }

  String redisUri() {
    return redis.uri();
  }

  String databaseUrl() {
    return postgres.url();
  }

  Path folder() {
    return folder;
  }

  long redisPid() {
    return redis.pid();
  }

  long postgresPid() {
    return postgres.pid();
  }

  String versions() {
    return "PostgreSQL " + postgres.version() + ", Redis " + redis.version();
  }

  /// Empty tables, no checkpoints, nothing left to write.
  void reset() throws SQLException {
    store
        .checkpoints()
        .admin()
        .list("")
        .forEach(row -> store.checkpoints().admin().drop(row.key()));
    execute("TRUNCATE bars_ohlcv, tick_data, signals, signal_outbox, inference_state");
    execute("CHECKPOINT");
  }

  /// How much the server has written to its log so far, in bytes.
  long walBytes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")) {
      rows.next();
      return rows.getBigDecimal(1).longValueExact();
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    connection.close();
    store.close();
    redis.close();
    postgres.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    }
  }
}
