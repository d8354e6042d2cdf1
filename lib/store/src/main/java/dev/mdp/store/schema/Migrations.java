package dev.mdp.store.schema;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.SchemaCheck;
import dev.mdp.store.database.Snapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the database to this program's schema: the migrations of `sql/migration`, then the steps
/// for TimescaleDB where it is installed, then the roles. Repeatable; of two at once one waits.
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  /// An arbitrary number by which migrating programs exclude each other.
  private static final long LOCK = 7_262_112_020_260_001L;

  private static final int ATTEMPTS = 5;

  private final Database database;

  public Migrations(Database database) {
    this.database = database;
  }

  /// Returns how many migrations were applied. Throws [ConfigException] when the database is newer
  /// than this program.
  public int migrate() {
    AtomicInteger applied = new AtomicInteger();
    for (int attempt = 1; ; attempt++) {
      try {
        migrateOnce(applied);
        return applied.get();
      } catch (ConflictException e) {
        // A reader of several tables met it in a deadlock; what is done already is found done.
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LOG.info("{}", e.getMessage());
      }
    }
  }

  private void migrateOnce(AtomicInteger applied) {
    DataSource source = database.unpooled("datastore migrate");
    try (Connection connection = source.getConnection()) {
      database.requireSameDatabase(connection);
      lock(connection);
      SchemaCheck.requireNotNewer(SchemaCheck.databaseVersion(connection), database.url());
      applied.addAndGet(flyway(source).migrate().migrationsExecuted);
      TimescaleSteps.apply(connection);
      SqlFile.execute(connection, "roles/roles.sql");
    } catch (SQLException e) {
      throw database.directErrors().translate("migrate", e);
    } catch (FlywayException e) {
      throw translate(e);
    }
  }

  /// The session's end unlocks.
  private static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet free = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
        free.next();
        if (free.getBoolean(1)) {
          return;
        }
      }
      LOG.info("another mdp datastore migrate is at work; waiting for it");
      statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
    }
  }

  /// Descriptions of the migrations still to apply, for example `0003 stream checkpoints`.
  public List<String> pending() {
    if (!database.keepsSessions()) {
      return pendingNumbers();
    }
    try {
      return Arrays.stream(flyway(database.unpooled("status")).info().pending())
          .map(migration -> migration.getVersion() + " " + migration.getDescription())
          .toList();
    } catch (FlywayException e) {
      throw translate(e);
    }
  }

  /// Flyway leaves settings in the session that it looks from.
  private List<String> pendingNumbers() {
    try (Snapshot snapshot = database.snapshot("status", Map.of())) {
      int version = SchemaCheck.databaseVersion(snapshot.connection());
      return IntStream.rangeClosed(version + 1, SchemaCheck.PROGRAM_VERSION)
          .mapToObj("%04d"::formatted)
          .toList();
    } catch (SQLException e) {
      throw database.errors().translate("status", e);
    }
  }

  /// Those of our roles that the server lacks: no migration so far was allowed to create them.
  public List<String> missingRoles() {
    List<String> missing = new ArrayList<>(ALL_ROLES);
    missing.removeAll(status().roles());
    return missing;
  }

  public SchemaStatus status() {
    try (Snapshot snapshot = database.snapshot("status", Map.of())) {
      Connection connection = snapshot.connection();
      int version = SchemaCheck.databaseVersion(connection);
      String server = connection.getMetaData().getDatabaseProductVersion();
      return new SchemaStatus(
          server.split(" ", 2)[0],
          version,
          SchemaCheck.PROGRAM_VERSION,
          version >= SchemaCheck.PROGRAM_VERSION ? List.of() : pending(),
          TimescaleSteps.status(connection),
          texts(connection, ROLES),
          tables(connection));
    } catch (SQLException e) {
      throw database.errors().translate("status", e);
    }
  }

  private static final List<String> ALL_ROLES =
      List.of("mdp_cleaner", "mdp_migrate", "mdp_owner", "mdp_reader", "mdp_writer");

  private static final String ROLES =
      "SELECT rolname FROM pg_roles WHERE rolname IN ('"
          + String.join("', '", ALL_ROLES)
          + "') ORDER BY 1";

  private static final String TABLES =
      """
      SELECT c.relname, %s, pg_total_relation_size(c.oid) + coalesce(%s, 0)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND c.relname IN
             ('bars_ohlcv', 'tick_data', 'signals', 'job_runs', 'stream_checkpoints',
             'stream_members', 'pending_repairs', 'inference_state', 'signal_outbox', 'feed_positions', 'feed_cursors',
             'feed_series', 'feed_gaps', 'feed_states', 'rate_budgets', 'tick_corrections', 'prune_bounds')
       ORDER BY 1
      """;

  static List<String> texts(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  /// Of a hypertable the rows and bytes are in its chunks.
  private static List<SchemaStatus.TableStatus> tables(Connection connection) throws SQLException {
    boolean chunks = TimescaleSteps.status(connection).isInstalled();
    String sql =
        chunks
            ? TABLES.formatted("approximate_row_count(c.oid::regclass)", "hypertable_size(c.oid)")
            : TABLES.formatted("c.reltuples::bigint", "0");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<SchemaStatus.TableStatus> tables = new ArrayList<>();
      while (rows.next()) {
        tables.add(
            new SchemaStatus.TableStatus(rows.getString(1), rows.getLong(2), rows.getLong(3)));
      }
      return tables;
    }
  }

  private static Flyway flyway(DataSource source) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .loggers("slf4j")
        .locations("classpath:sql/migration")
        .baselineOnMigrate(true) // a database may hold other tables than ours
        .baselineVersion("0")
        .load();
  }

  private RuntimeException translate(FlywayException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return database.directErrors().translate("migrate", sql);
      }
    }
    return new ConfigException(
        "cannot migrate " + database.url() + ": " + String.valueOf(error.getMessage()).strip(),
        error);
  }
}
