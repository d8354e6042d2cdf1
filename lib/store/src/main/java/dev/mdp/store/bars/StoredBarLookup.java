package dev.mdp.store.bars;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowSpan;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds what the table has for a sorted batch of bars: one range of the index for each run of
/// neighbouring windows.
final class StoredBarLookup {
  /// Windows further apart are looked up one by one, so that a range never reads many rows in vain.
  private static final int MAX_GAP_WINDOWS = 32;

  private static final List<RowColumn<RowSpan<Bar>>> COLUMNS =
      List.of(
          new RowColumn.Text<>("provider", span -> span.first().provider()),
          new RowColumn.Text<>("symbol", span -> span.first().symbol().value()),
          new RowColumn.Text<>("interval", span -> span.first().interval().toString()),
          new RowColumn.Time<>("low", span -> span.first().startMicros()),
          new RowColumn.Time<>("high", span -> span.last().startMicros()));

  private static final String SQL =
      "SELECT i.ord, f.* FROM "
          + RowTable.unnest(COLUMNS)
          + " WITH ORDINALITY AS "
          + RowTable.alias(COLUMNS, "ord")
          + " CROSS JOIN LATERAL (SELECT b.ts, b.open, b.high, b.low, b.close, b.volume, b.vwap,"
          + " b.trade_count, b.lane, b.revision FROM bars_ohlcv b"
          + " WHERE b.provider = i.provider AND b.symbol = i.symbol"
          + " AND b.interval = i.interval AND b.ts BETWEEN i.low AND i.high"
          + " AND b.ts BETWEEN ?::timestamptz AND ?::timestamptz OFFSET 0) f";

  private StoredBarLookup() {}

  /// For each bar what is stored under its key, or null.
  static @Nullable StoredBar[] look(Connection connection, List<Bar> sorted) throws SQLException {
    @Nullable StoredBar[] stored = new StoredBar[sorted.size()];
    List<RowSpan<Bar>> spans = RowSpan.of(sorted, StoredBarLookup::neighbours);
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      int next = RowTable.bind(statement, COLUMNS, spans);
      RowTable.bindRange(statement, next, sorted, Bar::startMicros);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long micros = Micros.of(row.getObject(2, OffsetDateTime.class).toInstant());
          int index =
              spans
                  .get(row.getInt(1) - 1)
                  .find(sorted, bar -> Long.compare(bar.startMicros(), micros));
          if (index >= 0) {
            stored[index] = read(row);
          }
        }
      }
    }
    return stored;
  }

  private static boolean neighbours(Bar left, Bar right) {
    return left.interval().equals(right.interval())
        && left.symbol().equals(right.symbol())
        && left.provider().equals(right.provider())
        && right.startMicros() - left.startMicros() <= MAX_GAP_WINDOWS * left.interval().micros();
  }

  private static StoredBar read(ResultSet row) throws SQLException {
    double vwap = row.getDouble(8);
    vwap = row.wasNull() ? Double.NaN : vwap;
    long tradeCount = row.getLong(9);
    tradeCount = row.wasNull() ? Bar.EXTERNAL : tradeCount;
    String lane = row.getString(10);
    return new StoredBar(
        row.getDouble(3),
        row.getDouble(4),
        row.getDouble(5),
        row.getDouble(6),
        row.getDouble(7),
        vwap,
        tradeCount,
        lane == null ? "" : lane,
        row.getInt(11));
  }
}
