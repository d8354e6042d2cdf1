package dev.mdp.store.feeds;

import dev.mdp.core.event.Micros;
import dev.mdp.core.feed.AuditedSeries;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Ticks of a series in a range of time, as the first four parameters of a statement: provider,
/// symbol, from and to.
///
/// @param toMicros exclusive
record TickWindow(String provider, String symbol, long fromMicros, long toMicros) {
  static final String WHERE = "provider = ? AND symbol = ? AND ts >= ? AND ts < ?";

  private static final int FETCHED_AT_ONCE = 5_000;

  TickWindow {
    fromMicros = Math.clamp(fromMicros, Micros.MIN, Micros.MAX);
    toMicros = Math.clamp(toMicros, Micros.MIN, Micros.MAX);
  }

  static TickWindow of(AuditedSeries series, long fromMicros, long toMicros) {
    return new TickWindow(series.provider(), series.symbol().value(), fromMicros, toMicros);
  }

  /// A statement that reads in pieces, with these parameters from this index on.
  PreparedStatement prepare(Connection connection, String sql, int first) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      statement.setFetchSize(FETCHED_AT_ONCE);
      statement.setString(first, provider);
      statement.setString(first + 1, symbol);
      statement.setObject(first + 2, RowTable.utc(fromMicros));
      statement.setObject(first + 3, RowTable.utc(toMicros));
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
