package dev.mdp.store.verify;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which intervals a series has bars of, by steps down the key. Stateless.
final class BarIntervals {
  private static final String STORED =
      """
      WITH RECURSIVE k(name) AS (
        (SELECT interval FROM bars_ohlcv WHERE provider = ? AND symbol = ? ORDER BY interval LIMIT 1)
        UNION ALL
        SELECT (SELECT b.interval FROM bars_ohlcv b WHERE b.provider = ? AND b.symbol = ?
                   AND b.interval > k.name ORDER BY b.interval LIMIT 1)
          FROM k WHERE k.name IS NOT NULL)
      SELECT name FROM k WHERE name IS NOT NULL
      """;

  private BarIntervals() {}

  /// Those with a canonical name: others are of no program of ours.
  static SortedSet<Interval> stored(Connection connection, String provider, Symbol symbol)
      throws SQLException {
    SortedSet<Interval> intervals = new TreeSet<>();
    try (PreparedStatement statement = connection.prepareStatement(STORED)) {
      for (int i = 1; i <= 4; i += 2) {
        statement.setString(i, provider);
        statement.setString(i + 1, symbol.value());
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          add(intervals, row.getString(1));
        }
      }
    }
    return intervals;
  }

  private static void add(SortedSet<Interval> intervals, String text) {
    try {
      Interval interval = Interval.parse(text);
      if (interval.toString().equals(text)) {
        intervals.add(interval);
      }
    } catch (IllegalArgumentException _) {
      // verify tells of it
    }
  }
}
