package dev.mdp.store.history;

import dev.mdp.core.store.HistoryReader.Range;
import dev.mdp.core.store.Series;
import dev.mdp.store.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Merges the cursors of several series into one order, on one connection. One thread.
final class MergedRange<T> implements Range<T> {
  /// Rows kept in memory over all series, unless there are very many of them.
  private static final int BUDGET = 50_000;

  private static final int MIN_PAGE = 50;
  private static final int MAX_PAGE = 5_000;

  /// Fetches the rows of a series after the last one, or the first ones; fewer than `limit` mean
  /// the end.
  @FunctionalInterface
  interface Source<T> {
    List<T> after(Connection connection, Series series, @Nullable T last, int limit)
        throws SQLException;
  }

  private final Database database;
  private final Connection connection;
  private final PriorityQueue<SeriesCursor<T>> cursors;

  private MergedRange(Database database, Connection connection, Comparator<T> order) {
    this.database = database;
    this.connection = connection;
    this.cursors = new PriorityQueue<>(Comparator.comparing(SeriesCursor::current, order));
  }

  static <T> MergedRange<T> open(
      Database database, List<Series> series, Source<T> source, Comparator<T> order) {
    try {
      MergedRange<T> range = new MergedRange<>(database, database.borrow(), order);
      try {
        range.begin(series, source);
        return range;
      } catch (SQLException | RuntimeException e) {
        range.connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw database.errors().translate("read history", e);
    }
  }

  private void begin(List<Series> series, Source<T> source) throws SQLException {
    int share = BUDGET / Math.max(1, series.size());
    int pageSize = Math.clamp(share, MIN_PAGE, MAX_PAGE);
    for (Series each : series) {
      enqueue(
          new SeriesCursor<>(
              (last, limit) -> database.on(connection, on -> source.after(on, each, last, limit)),
              pageSize));
    }
  }

  private void enqueue(SeriesCursor<T> cursor) throws SQLException {
    if (cursor.advance()) {
      cursors.add(cursor);
    }
  }

  @Override
  public List<T> next(int max) {
    List<T> rows = new ArrayList<>();
    try {
      for (SeriesCursor<T> first = cursors.poll();
          first != null;
          first = rows.size() < max ? cursors.poll() : null) {
        rows.add(first.current());
        enqueue(first);
      }
    } catch (SQLException e) {
      throw database.errors().translate("read history", e);
    }
    return rows;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw database.errors().translate("close a range", e);
    }
  }
}
