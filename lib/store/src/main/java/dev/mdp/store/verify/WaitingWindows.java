package dev.mdp.store.verify;

import dev.mdp.core.audit.BarVerdict;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/// The windows of `pending_repairs`, and since when each waits to be computed again. Immutable.
final class WaitingWindows {
  private static final String ALL =
      "SELECT provider, symbol, interval, ts, created_at FROM pending_repairs";

  private final Map<Window, Long> since = new HashMap<>();

  private record Window(String provider, String symbol, String interval, long start) {}

  private WaitingWindows() {}

  static WaitingWindows read(Connection connection) throws SQLException {
    WaitingWindows waiting = new WaitingWindows();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ALL)) {
      while (row.next()) {
        waiting.since.merge(
            new Window(row.getString(1), row.getString(2), row.getString(3), micros(row, 4)),
            micros(row, 5),
            Math::min);
      }
    }
    return waiting;
  }

  /// The verdict on a bar that is not what its ticks give: its owner will write it, if its window
  /// waits.
  ///
  /// @param staleBefore what waits since before this moment has waited for too long
  BarVerdict verdict(Bar bar, BarVerdict otherwise, long staleBefore) {
    Long waits =
        since.get(
            new Window(
                bar.provider(),
                bar.symbol().value(),
                bar.interval().toString(),
                bar.startMicros()));
    if (waits == null || !otherwise.isRepairable()) {
      return otherwise;
    }
    return waits < staleBefore ? BarVerdict.UNVERIFIED : BarVerdict.PENDING;
  }

  private static long micros(ResultSet row, int column) throws SQLException {
    return Micros.of(row.getObject(column, OffsetDateTime.class).toInstant());
  }
}
