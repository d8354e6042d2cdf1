package dev.mdp.store.verify;

import dev.mdp.core.event.Bar;
import dev.mdp.core.store.BarFinding;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/// The statements that put recomputed bars in place of stored ones. A stored bar is replaced only
/// while it is the one that was judged. Stateless; runs inside the caller's transaction.
final class RepairTable {
  private static final String VALUES = "open, high, low, close, volume, vwap, trade_count";
  private static final String SEEN =
      "s_open, s_high, s_low, s_close, s_volume, s_vwap, s_trade_count";

  private static final List<RowColumn<Row>> KEY =
      List.of(
          new RowColumn.Text<>("provider", row -> row.finding.bar().provider()),
          new RowColumn.Text<>("symbol", row -> row.finding.bar().symbol().value()),
          new RowColumn.Text<>("interval", row -> row.finding.bar().interval().toString()),
          new RowColumn.Time<>("ts", row -> row.finding.bar().startMicros()));

  private static final List<RowColumn<Row>> NEW = values("", row -> row.finding.recomputed());
  private static final List<RowColumn<Row>> OLD = values("s_", row -> row.finding.stored());
  private static final RowColumn<Row> RUN = new RowColumn.Whole<>("run_id", Row::run);
  private static final RowColumn<Row> REVISION =
      new RowColumn.Whole<>("seen", row -> row.finding.revision());

  private static final List<RowColumn<Row>> INSERTED = join(KEY, NEW, List.of(RUN));
  private static final List<RowColumn<Row>> UPDATED = join(KEY, NEW, OLD, List.of(RUN, REVISION));
  private static final List<RowColumn<Row>> REMOVED = join(KEY, OLD, List.of(REVISION));

  private static final String SAME =
      " WHERE b.provider = i.provider AND b.symbol = i.symbol AND b.interval = i.interval"
          + " AND b.ts = i.ts AND b.revision = i.seen AND ("
          + prefixed("b.", VALUES)
          + ") IS NOT DISTINCT FROM ("
          + prefixed("i.", SEEN)
          + ")";

  private static final String UPDATE =
      "UPDATE bars_ohlcv b SET ("
          + VALUES
          + ") = ROW("
          + prefixed("i.", VALUES)
          + "), lane = NULL, run_id = i.run_id, revision = b.revision + 1 FROM "
          + RowTable.unnest(UPDATED)
          + " AS "
          + RowTable.alias(UPDATED)
          + SAME
          + RowTable.bounds(KEY, "b");

  private static final String INSERT =
      "INSERT INTO bars_ohlcv (provider, symbol, interval, ts, "
          + VALUES
          + ", run_id) SELECT * FROM "
          + RowTable.unnest(INSERTED)
          + " ON CONFLICT DO NOTHING";

  private static final String DELETE =
      "DELETE FROM bars_ohlcv b USING "
          + RowTable.unnest(REMOVED)
          + " AS "
          + RowTable.alias(REMOVED)
          + SAME
          + RowTable.bounds(KEY, "b");

  private static final String UPDATE_LEFT = left(UPDATED);
  private static final String DELETE_LEFT = left(REMOVED);
  private static final String INSERT_LEFT =
      "SELECT count(*) FROM "
          + RowTable.unnest(INSERTED)
          + " AS "
          + RowTable.alias(INSERTED)
          + " WHERE NOT EXISTS (SELECT FROM bars_ohlcv b WHERE b.provider = i.provider"
          + " AND b.symbol = i.symbol AND b.interval = i.interval AND b.ts = i.ts)";

  private static String left(List<RowColumn<Row>> columns) {
    return "SELECT count(*) FROM bars_ohlcv b, "
        + RowTable.unnest(columns)
        + " AS "
        + RowTable.alias(columns)
        + SAME;
  }

  private record Row(BarFinding finding, long runId) {
    /// NULL without a job run.
    long run() {
      return runId == 0 ? Long.MIN_VALUE : runId;
    }
  }

  private interface Side {
    @org.jspecify.annotations.Nullable
    Bar of(Row row);
  }

  private RepairTable() {}

  /// Returns how many of the bars were still the ones that were judged.
  static long update(Connection connection, List<BarFinding> findings, long runId)
      throws SQLException {
    return run(connection, UPDATE, UPDATE_LEFT, UPDATED, findings, runId);
  }

  /// Returns how many of the bars were still missing.
  static long insert(Connection connection, List<BarFinding> findings, long runId)
      throws SQLException {
    return run(connection, INSERT, INSERT_LEFT, INSERTED, findings, runId);
  }

  /// Returns how many of the bars were still the ones that were judged.
  static long delete(Connection connection, List<BarFinding> findings) throws SQLException {
    return run(connection, DELETE, DELETE_LEFT, REMOVED, findings, 0);
  }

  /// @param left counts what is still to be done: no one was faster, and yet the table did not
  ///   change
  private static long run(
      Connection connection,
      String sql,
      String left,
      List<RowColumn<Row>> columns,
      List<BarFinding> findings,
      long runId)
      throws SQLException {
    if (findings.isEmpty()) {
      return 0;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      List<Row> rows = findings.stream().map(finding -> new Row(finding, runId)).toList();
      int next = RowTable.bind(statement, columns, rows);
      if (columns != INSERTED) {
        RowTable.bindBounds(statement, next, KEY, rows);
      }
      long done = statement.executeUpdate();
      if (done < rows.size()) {
        KeptOut.require("bars_ohlcv", done + count(connection, left, columns, rows), done);
      }
      return done;
    }
  }

  private static long count(
      Connection connection, String sql, List<RowColumn<Row>> columns, List<Row> rows)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      RowTable.bind(statement, columns, rows);
      try (ResultSet count = statement.executeQuery()) {
        count.next();
        return count.getLong(1);
      }
    }
  }

  private static List<RowColumn<Row>> values(String prefix, Side side) {
    return List.of(
        real(prefix + "open", side, Bar::open),
        real(prefix + "high", side, Bar::high),
        real(prefix + "low", side, Bar::low),
        real(prefix + "close", side, Bar::close),
        real(prefix + "volume", side, Bar::volume),
        real(prefix + "vwap", side, Bar::vwap),
        new RowColumn.Whole<>(
            prefix + "trade_count", row -> trades(Objects.requireNonNull(side.of(row)))));
  }

  /// NULL for a bar that came as a bar.
  private static long trades(Bar bar) {
    return bar.isExternal() ? Long.MIN_VALUE : bar.tradeCount();
  }

  private static RowColumn<Row> real(String name, Side side, ToDoubleFunction<Bar> value) {
    return new RowColumn.Real<>(
        name, row -> value.applyAsDouble(Objects.requireNonNull(side.of(row))));
  }

  @SafeVarargs
  private static List<RowColumn<Row>> join(List<RowColumn<Row>>... parts) {
    List<RowColumn<Row>> all = new ArrayList<>();
    for (List<RowColumn<Row>> part : parts) {
      all.addAll(part);
    }
    return List.copyOf(all);
  }

  private static String prefixed(String prefix, String names) {
    return prefix + names.replace(", ", ", " + prefix);
  }
}
