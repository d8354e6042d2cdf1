package dev.mdp.store.history;

import dev.mdp.core.store.HistoryReader.Range;
import dev.mdp.store.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Merges the symbols' cursors into one order, on one connection. One thread.
final class MergedRange<T> implements Range<T> {
  /// Rows kept in memory over all symbols, unless there are very many of them.
  private static final int BUDGET = 50_000;

  private static final int MIN_PAGE = 50;
  private static final int MAX_PAGE = 5_000;

  /// Prepares the cursors' queries on the range's connection.
  @FunctionalInterface
  interface Source<T> {
    SymbolCursor.Pages<T> on(Connection connection) throws SQLException;
  }

  private final Database database;
  private final Connection connection;
  private final PriorityQueue<SymbolCursor<T>> cursors;

  private MergedRange(Database database, Connection connection, Comparator<T> order) {
    this.database = database;
    this.connection = connection;
    this.cursors = new PriorityQueue<>(Comparator.comparing(SymbolCursor::current, order));
  }

  static <T> MergedRange<T> open(
      Database database, List<String> symbols, Source<T> source, Comparator<T> order) {
    try {
      MergedRange<T> range = new MergedRange<>(database, database.borrow(), order);
      try {
        range.begin(symbols, source.on(range.connection));
        return range;
      } catch (SQLException | RuntimeException e) {
        range.connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw database.errors().translate("read history", e);
    }
  }

  private void begin(List<String> symbols, SymbolCursor.Pages<T> pages) throws SQLException {
    int share = BUDGET / Math.max(1, symbols.size());
    int pageSize = Math.clamp(share, MIN_PAGE, MAX_PAGE);
    for (String symbol : symbols) {
      enqueue(new SymbolCursor<>(symbol, pages, pageSize));
    }
  }

  private void enqueue(SymbolCursor<T> cursor) throws SQLException {
    if (cursor.advance()) {
      cursors.add(cursor);
    }
  }

  @Override
  public List<T> next(int max) {
    List<T> rows = new ArrayList<>();
    try {
      for (SymbolCursor<T> first = cursors.poll();
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
