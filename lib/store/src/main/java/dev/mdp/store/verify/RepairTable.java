package dev.mdp.store.verify;

import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.event.Bar;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.rows.KeyedWrite;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

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
  private static final RowColumn<Row> CAUSE = new RowColumn.Text<>("cause", Row::cause);
  private static final RowColumn<Row> REVISION =
      new RowColumn.Whole<>("seen", row -> row.finding.revision());

  private static final RowTable<Row> INSERTED = table(KEY, NEW, List.of(RUN, CAUSE));

  private static final String SAME =
      "b.revision = i.seen AND (%s) IS NOT DISTINCT FROM (%s)"
          .formatted(prefixed("b.", VALUES), prefixed("i.", SEEN));

  private static final KeyedWrite<Row> UPDATE =
      KeyedWrite.update(
          table(KEY, NEW, OLD, List.of(RUN, CAUSE, REVISION)),
          Row::step,
          "(%s) = ROW(%s), lane = NULL, run_id = i.run_id, cause = i.cause, revision = b.revision + 1"
              .formatted(VALUES, prefixed("i.", VALUES)),
          SAME);

  private static final KeyedWrite<Row> DELETE =
      KeyedWrite.delete(table(KEY, OLD, List.of(REVISION)), Row::step, SAME);

  private static final String INSERT =
      "INSERT INTO bars_ohlcv (provider, symbol, interval, ts, "
          + VALUES
          + ", run_id, cause) SELECT * FROM "
          + RowTable.unnest(INSERTED.columns())
          + " ON CONFLICT DO NOTHING";

  private static final String NOT_INSERTED =
      "SELECT count(*) - count(f.there) FROM "
          + INSERTED.given()
          + " LEFT JOIN LATERAL (SELECT true AS there FROM bars_ohlcv b WHERE "
          + INSERTED.sameKey("b", "i")
          + " OFFSET 0) f ON true";

  private record Row(BarFinding finding, long runId, String cause) {
    /// NULL without a job run.
    long run() {
      return runId == 0 ? Long.MIN_VALUE : runId;
    }

    long step() {
      return finding.bar().interval().micros();
    }
  }

  private interface Side {
    @org.jspecify.annotations.Nullable
    Bar of(Row row);
  }

  private RepairTable() {}

  /// Returns how many of the bars were still the ones that were judged.
  static long update(Connection connection, List<BarFinding> findings, long runId, String cause)
      throws SQLException {
    return UPDATE.run(connection, rows(findings, runId, cause));
  }

  /// Returns how many of the bars were still the ones that were judged.
  static long delete(Connection connection, List<BarFinding> findings) throws SQLException {
    return DELETE.run(connection, rows(findings, 0, ""));
  }

  /// Returns how many of the bars were still missing.
  static long insert(Connection connection, List<BarFinding> findings, long runId, String cause)
      throws SQLException {
    if (findings.isEmpty()) {
      return 0;
    }
    List<Row> rows = rows(findings, runId, cause);
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      RowTable.bind(statement, INSERTED.columns(), rows);
      long done = statement.executeUpdate();
      if (done < rows.size()) {
        KeptOut.require(INSERTED.name(), done + notInserted(connection, rows), done);
      }
      return done;
    }
  }

  /// How many are still to be inserted: no other process was faster, and the table did not take
  /// them.
  private static long notInserted(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NOT_INSERTED)) {
      RowTable.bind(statement, INSERTED.columns(), rows);
      try (ResultSet count = statement.executeQuery()) {
        count.next();
        return count.getLong(1);
      }
    }
  }

  private static List<Row> rows(List<BarFinding> findings, long runId, String cause) {
    return findings.stream().map(finding -> new Row(finding, runId, cause)).toList();
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
  private static RowTable<Row> table(List<RowColumn<Row>>... parts) {
    List<RowColumn<Row>> columns = Stream.of(parts).flatMap(List::stream).toList();
    return new RowTable<>("bars_ohlcv", columns, KEY.size());
  }

  private static String prefixed(String prefix, String names) {
    return prefix + names.replace(", ", ", " + prefix);
  }
}
