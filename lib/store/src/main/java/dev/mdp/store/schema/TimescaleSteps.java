package dev.mdp.store.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What TimescaleDB does for our tables where it is installed in the database: hypertables always,
/// compression and continuous aggregates where its licence allows. On plain PostgreSQL nothing.
final class TimescaleSteps {
  private static final String COMMUNITY = "timescale";

  private static final String ROLLUPS =
      """
      SELECT name || CASE WHEN view_name IS NULL THEN ': left out, this server refused it'
                          ELSE ': continuous aggregate' END
        FROM unnest(ARRAY['tick_rollup_1m', 'tick_rollup_5m', 'tick_rollup_1h', 'tick_rollup_daily']) AS name
        LEFT JOIN timescaledb_information.continuous_aggregates
          ON view_name = name AND view_schema = current_schema()
       ORDER BY name
      """;

  private TimescaleSteps() {}

  static void apply(Connection connection) throws SQLException {
    if (extension(connection).isEmpty()) {
      return;
    }
    SqlFile.execute(connection, "timescale/hypertables.sql");
    if (license(connection).equals(COMMUNITY)) {
      SqlFile.execute(connection, "timescale/compression.sql");
      SqlFile.execute(connection, "timescale/continuous.sql");
    }
  }

  static SchemaStatus.Timescale status(Connection connection) throws SQLException {
    String extension = extension(connection);
    if (extension.isEmpty()) {
      return new SchemaStatus.Timescale(
          "",
          "",
          List.of("plain PostgreSQL: no hypertables, no compression, no continuous aggregates"));
    }
    String license = license(connection);
    List<String> steps =
        new ArrayList<>(
            Migrations.texts(
                connection,
                "SELECT hypertable_name || ': hypertable'"
                    + " || CASE WHEN compression_enabled THEN ', compressed' ELSE '' END"
                    + " FROM timescaledb_information.hypertables"
                    + " WHERE hypertable_schema = current_schema() ORDER BY 1"));
    if (license.equals(COMMUNITY)) {
      steps.addAll(Migrations.texts(connection, ROLLUPS));
    } else {
      steps.add(
          "compression and continuous aggregates left out: the server's licence is '"
              + license
              + "'");
    }
    return new SchemaStatus.Timescale(extension, license, steps);
  }

  private static String extension(Connection connection) throws SQLException {
    return first(connection, "SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'");
  }

  private static String license(Connection connection) throws SQLException {
    return first(connection, "SELECT coalesce(current_setting('timescaledb.license', true), '')");
  }

  private static String first(Connection connection, String sql) throws SQLException {
    List<String> texts = Migrations.texts(connection, sql);
    return texts.isEmpty() ? "" : texts.getFirst();
  }
}
