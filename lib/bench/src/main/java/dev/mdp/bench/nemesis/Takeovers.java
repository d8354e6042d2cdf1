package dev.mdp.bench.nemesis;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long a shard stood still after its owner was killed or frozen: until the first commit of
/// another epoch.
///
/// @param millis in order
record Takeovers(List<Long> millis) {
  private static final String OWNED =
      """
      SELECT DISTINCT ON (shard) shard, epoch, owner FROM nemesis.history
       WHERE consumer_group = ? AND at <= ? ORDER BY shard, n DESC
      """;

  private static final String NEXT =
      """
      SELECT min(at) FROM nemesis.history
       WHERE consumer_group = ? AND shard = ? AND epoch > ? AND commits AND at > ?
      """;

  static Takeovers measure(Connection connection, List<FaultInjector.Strike> strikes)
      throws SQLException {
    List<Long> millis = new ArrayList<>();
    for (FaultInjector.Strike strike : strikes) {
      try (PreparedStatement owned = connection.prepareStatement(OWNED)) {
        owned.setString(1, Positions.MICRO_BATCHER);
        owned.setLong(2, strike.micros());
        try (ResultSet rows = owned.executeQuery()) {
          while (rows.next()) {
            if (String.valueOf(rows.getString(3)).startsWith(strike.processName() + "-")) {
              next(connection, rows.getInt(1), rows.getLong(2), strike.micros(), millis);
            }
          }
        }
      }
    }
    millis.sort(null);
    return new Takeovers(millis);
  }

  private static void next(
      Connection connection, int shard, long epoch, long since, List<Long> millis)
      throws SQLException {
    try (PreparedStatement next = connection.prepareStatement(NEXT)) {
      next.setString(1, Positions.MICRO_BATCHER);
      next.setInt(2, shard);
      next.setLong(3, epoch);
      next.setLong(4, since);
      try (ResultSet rows = next.executeQuery()) {
        rows.next();
        long at = rows.getLong(1);
        if (!rows.wasNull()) {
          millis.add((at - since) / 1_000);
        }
      }
    }
  }

  /// In seconds; `-` when there was none.
  String percentile(int percent) {
    if (millis.isEmpty()) {
      return "-";
    }
    long value = millis.get((millis.size() - 1) * percent / 100);
    return String.format(Locale.ROOT, "%.1f s", value / 1_000.0);
  }
}
