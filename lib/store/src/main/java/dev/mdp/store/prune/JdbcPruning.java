package dev.mdp.store.prune;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.store.Pruning;
import dev.mdp.core.store.Series;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Ranges of time over every series of a table, by a key that begins with the series. Thread-safe.
public final class JdbcPruning implements Pruning {
  private static final String INTERVALS =
      """
      WITH RECURSIVE found AS (
        (SELECT provider, symbol, interval FROM bars_ohlcv ORDER BY provider, symbol, interval LIMIT 1)
        UNION ALL
        SELECT n.* FROM found f
         CROSS JOIN LATERAL (SELECT b.provider, b.symbol, b.interval FROM bars_ohlcv b
                              WHERE (b.provider, b.symbol, b.interval) > (f.provider, f.symbol, f.interval)
                              ORDER BY b.provider, b.symbol, b.interval LIMIT 1) n)
      SELECT interval FROM found UNION SELECT unnest(intervals) FROM stream_checkpoints
      """;

  private static final String POLICY =
      """
      SELECT 'job ' || job_id || ', ' || coalesce(config ->> 'drop_after', 'see its config')
        FROM timescaledb_information.jobs
       WHERE proc_name = 'policy_retention' AND hypertable_name = ?
         AND hypertable_schema = current_schema()
      """;

  private final Database database;

  public JdbcPruning(Database database) {
    this.database = database;
  }

  @Override
  public Optional<String> retentionPolicy(Prunable table) {
    return database.query(
        "look for a retention policy",
        connection -> {
          try (var statement = connection.createStatement();
              ResultSet there =
                  statement.executeQuery(
                      "SELECT to_regclass('timescaledb_information.jobs') IS NOT NULL")) {
            there.next();
            if (!there.getBoolean(1)) {
              return Optional.empty();
            }
          }
          try (PreparedStatement statement = connection.prepareStatement(POLICY)) {
            statement.setString(1, PrunedTable.of(table).name());
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
          }
        });
  }

  /// Of other programs' interval names nothing is known; they bind nothing.
  @Override
  public SortedSet<Interval> intervals() {
    return database.query(
        "look which intervals there are",
        connection -> {
          SortedSet<Interval> found = new TreeSet<>();
          try (var statement = connection.createStatement();
              ResultSet row = statement.executeQuery(INTERVALS)) {
            while (row.next()) {
              parsed(row.getString(1)).ifPresent(found::add);
            }
          }
          return found;
        });
  }

  @Override
  public List<Found> before(Prunable table, long micros) {
    return run(
        "count old rows of " + PrunedTable.of(table).name(),
        PrunedTable.of(table).before(),
        statement -> {
          statement.setObject(1, RowTable.utc(micros));
          return found(statement, table);
        });
  }

  @Override
  public List<Series> seriesBefore(Prunable table, long micros) {
    return run(
        "find the series of " + PrunedTable.of(table).name(),
        PrunedTable.of(table).seriesBefore(),
        statement -> {
          statement.setObject(1, RowTable.utc(micros));
          List<Series> series = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              series.add(series(row, table));
            }
          }
          return series;
        });
  }

  /// Rows of a series' key, a count and two times.
  private static List<Found> found(PreparedStatement statement, Prunable table)
      throws SQLException {
    int keys = PrunedTable.of(table).keys().size();
    List<Found> found = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(
            new Found(
                series(row, table),
                row.getLong(keys + 1),
                micros(row, keys + 2),
                micros(row, keys + 3)));
      }
    }
    return found;
  }

  private static Series series(ResultSet row, Prunable table) throws SQLException {
    String interval = table == Prunable.BARS_OHLCV ? row.getString(3) : "";
    return new Series(row.getString(1), row.getString(2), interval);
  }

  @Override
  public OptionalLong oldest(Prunable table, List<Series> series, long fromMicros, long toMicros) {
    return run(
        "find the oldest row of " + PrunedTable.of(table).name(),
        PrunedTable.of(table).oldest(),
        statement -> {
          bind(statement, series, fromMicros, toMicros);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1) == null
                ? OptionalLong.empty()
                : OptionalLong.of(micros(row, 1));
          }
        });
  }

  @Override
  public long count(
      Prunable table, List<Series> series, long fromMicros, long toMicros, long limit) {
    return run(
        "count rows of " + PrunedTable.of(table).name(),
        PrunedTable.of(table).count(),
        statement -> {
          bind(statement, series, fromMicros, toMicros);
          statement.setLong(6, limit);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  @Override
  public List<Found> remove(Prunable table, List<Series> series, long fromMicros, long toMicros) {
    return run(
        "delete from " + PrunedTable.of(table).name(),
        PrunedTable.of(table).remove(),
        statement -> {
          bind(statement, series, fromMicros, toMicros);
          Connection connection = statement.getConnection();
          statement.setArray(6, texts(connection, series, Series::provider));
          statement.setArray(7, texts(connection, series, Series::symbol));
          if (table == Prunable.BARS_OHLCV) {
            statement.setArray(8, texts(connection, series, Series::interval));
          } else if (PrunedTable.of(table).isNoted()) {
            statement.setObject(8, RowTable.utc(toMicros));
          }
          List<Found> removed = found(statement, table);
          if (removed.isEmpty() && isThere(connection, table, series, fromMicros)) {
            throw KeptOut.of(PrunedTable.of(table).name(), 1, 0);
          }
          return removed;
        });
  }

  /// Whether the oldest row, which was to go, is still there.
  private static boolean isThere(
      Connection connection, Prunable table, List<Series> series, long micros) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(PrunedTable.of(table).oldest())) {
      bind(statement, series, micros, micros + 1);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getObject(1) != null;
      }
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  /// Always by the key: a range of each series, whatever the statistics say.
  private <T> T run(String what, String sql, Work<T> work) {
    return database.transaction(
        what,
        connection -> {
          try (PreparedStatement setting =
              connection.prepareStatement("SELECT set_config(?, ?, true)")) {
            for (Map.Entry<String, String> each : RowTable.PLANNER_SETTINGS.entrySet()) {
              setting.setString(1, each.getKey());
              setting.setString(2, each.getValue());
              setting.execute();
            }
          }
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.on(statement);
          }
        });
  }

  private static void bind(
      PreparedStatement statement, List<Series> series, long fromMicros, long toMicros)
      throws SQLException {
    statement.setArray(1, texts(statement.getConnection(), series, Series::provider));
    statement.setArray(2, texts(statement.getConnection(), series, Series::symbol));
    statement.setArray(3, texts(statement.getConnection(), series, Series::interval));
    statement.setObject(4, RowTable.utc(fromMicros));
    statement.setObject(5, RowTable.utc(toMicros));
  }

  private static java.sql.Array texts(
      Connection connection, List<Series> series, Function<Series, String> part)
      throws SQLException {
    return connection.createArrayOf("text", series.stream().map(part).toArray(String[]::new));
  }

  private static Optional<Interval> parsed(String text) {
    try {
      return Optional.of(Interval.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long micros(ResultSet row, int column) throws SQLException {
    return Micros.of(row.getObject(column, OffsetDateTime.class).toInstant());
  }
}
