package dev.mdp.store.verify;

import dev.mdp.core.audit.StoredCopy;
import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.IdSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the ids that a series has in a piece of time. Stateless.
final class SpanIds {

  private static final int FETCHED = 10_000;

  private static final String OF_SPAN =
      " FROM tick_data WHERE provider = ? AND symbol = ? AND ts >= ? AND ts < ?";

  private static final String FIRST = "SELECT ts" + OF_SPAN + " ORDER BY ts LIMIT 1";

  private static final String END = "SELECT ts" + OF_SPAN + " ORDER BY ts OFFSET ? LIMIT 1";

  /// Ids that follow each other, or are equal, are as far from their rank as their neighbours.
  private static final String RUNS =
      "SELECT min(seq), max(seq), count(*) FROM (SELECT seq, seq - dense_rank() OVER (ORDER BY seq)"
          + " AS run"
          + OF_SPAN
          + ") t GROUP BY run ORDER BY 1";

  private static final String COPIES =
      "SELECT seq, ts, price, size, bid, ask" + OF_SPAN + " AND seq BETWEEN ? AND ?";

  /// Ids that follow each other.
  ///
  /// @param ticks how many ticks have one of them: more than there are ids when one is there twice
  record Run(IdRange ids, long ticks) {
    boolean hasDoubles() {
      return ticks > ids.size();
    }
  }

  private SpanIds() {}

  /// The first part of the span with ticks, of this many unless more have one time; an empty part
  /// when there are none.
  static EpochSpan firstPart(Connection connection, EpochSpan span, int ticks) throws SQLException {
    long first = time(connection, FIRST, span, 0, Long.MAX_VALUE);
    if (first == Long.MAX_VALUE) {
      return span.part(span.toMicros(), span.toMicros());
    }
    long end = time(connection, END, span.part(first, span.toMicros()), ticks, span.toMicros());
    return span.part(first, end == first ? first + 1 : end);
  }

  private static long time(
      Connection connection, String sql, EpochSpan span, int offset, long absent)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      span.bind(statement);
      if (offset > 0) {
        statement.setInt(5, offset);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? EpochSpan.micros(row, 1) : absent;
      }
    }
  }

  /// Ascending.
  static List<Run> runs(Connection connection, EpochSpan span) throws SQLException {
    List<Run> runs = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(RUNS)) {
      span.bind(statement);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          runs.add(new Run(new IdRange(row.getLong(1), row.getLong(2)), row.getLong(3)));
        }
      }
    }
    return runs;
  }

  /// Adds what the span has under these ids, of each the copies by their time.
  static void copies(
      Connection connection,
      EpochSpan span,
      IdSet ids,
      SortedMap<Long, SortedMap<Long, StoredCopy>> into)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COPIES)) {
      span.bind(statement);
      statement.setLong(5, ids.ranges().getFirst().first());
      statement.setLong(6, ids.ranges().getLast().last());
      statement.setFetchSize(FETCHED);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (ids.contains(row.getLong(1))) {
            StoredCopy copy = copy(row);
            into.computeIfAbsent(row.getLong(1), _ -> new TreeMap<>()).put(copy.micros(), copy);
          }
        }
      }
    }
  }

  private static StoredCopy copy(ResultSet row) throws SQLException {
    return new StoredCopy(
        EpochSpan.micros(row, 2), row.getDouble(3), real(row, 4), real(row, 5), real(row, 6));
  }

  private static double real(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }
}
