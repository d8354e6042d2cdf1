package dev.mdp.store.verify;

import dev.mdp.core.audit.TwiceTrade;
import dev.mdp.core.event.Symbol;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Moves copies of trades from `tick_data` to `tick_corrections`. Stateless; runs inside the
/// caller's transaction.
final class MovedTicks {
  private static final List<RowColumn<TwiceTrade>> COLUMNS =
      List.of(
          new RowColumn.Time<>("ts", trade -> trade.other().micros()),
          new RowColumn.Whole<>("seq", TwiceTrade::seq),
          new RowColumn.Time<>("kept_ts", trade -> trade.kept().micros()));

  /// A copy goes only while the one that is kept is there. Each of both is met by the key.
  private static final String MOVE =
      """
      WITH gone AS (
        DELETE FROM tick_data t USING %s AS %s, tick_data k
         WHERE t.ts = i.ts AND t.seq = i.seq AND k.ts = i.kept_ts AND k.seq = i.seq
           AND t.provider = ? AND t.symbol = ? AND t.ts BETWEEN ? AND ?
           AND k.provider = ? AND k.symbol = ? AND k.ts BETWEEN ? AND ?
        RETURNING t.*, k.ts AS new_ts, k.price AS new_price, k.size AS new_size, k.bid AS new_bid, k.ask AS new_ask),
      noted AS (
        INSERT INTO tick_corrections (provider, symbol, ts, seq, cause, old_price, old_size, old_bid, old_ask,
                                      new_ts, new_seq, new_price, new_size, new_bid, new_ask, stored_at, run_id, applied_at)
        SELECT provider, symbol, ts, seq, 'twice', price, size, bid, ask,
               new_ts, seq, new_price, new_size, new_bid, new_ask, created_at, nullif(?, 0::bigint), now()
          FROM gone ORDER BY ts, seq
        RETURNING 1)
      SELECT ts, seq, (SELECT count(*) FROM noted) FROM gone
      """
          .formatted(RowTable.unnest(COLUMNS), RowTable.alias(COLUMNS));

  private record Series(String provider, Symbol symbol) {}

  private record Tick(long micros, long seq) {}

  private MovedTicks() {}

  /// Returns those that were moved.
  static List<TwiceTrade> move(Connection connection, List<TwiceTrade> trades, long runId)
      throws SQLException {
    Map<Series, List<TwiceTrade>> bySeries = new LinkedHashMap<>();
    for (TwiceTrade trade : trades) {
      bySeries
          .computeIfAbsent(new Series(trade.provider(), trade.symbol()), _ -> new ArrayList<>())
          .add(trade);
    }
    List<TwiceTrade> moved = new ArrayList<>();
    for (Map.Entry<Series, List<TwiceTrade>> each : bySeries.entrySet()) {
      moved.addAll(move(connection, each.getKey(), each.getValue(), runId));
    }
    return moved;
  }

  private static List<TwiceTrade> move(
      Connection connection, Series series, List<TwiceTrade> trades, long runId)
      throws SQLException {
    Map<Tick, TwiceTrade> byTick = new HashMap<>();
    trades.forEach(trade -> byTick.put(new Tick(trade.other().micros(), trade.seq()), trade));
    List<TwiceTrade> moved = new ArrayList<>();
    long noted = 0;
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      int next = RowTable.bind(statement, COLUMNS, trades);
      bind(statement, next, series);
      RowTable.bindRange(statement, next + 2, trades, trade -> trade.other().micros());
      bind(statement, next + 4, series);
      RowTable.bindRange(statement, next + 6, trades, trade -> trade.kept().micros());
      statement.setLong(next + 8, runId);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          TwiceTrade trade = byTick.get(new Tick(EpochSpan.micros(row, 1), row.getLong(2)));
          if (trade != null) {
            moved.add(trade);
          }
          noted = row.getLong(3);
        }
      }
    }
    KeptOut.require("tick_corrections", moved.size(), noted);
    return moved;
  }

  private static void bind(PreparedStatement statement, int first, Series series)
      throws SQLException {
    statement.setString(first, series.provider());
    statement.setString(first + 1, series.symbol().value());
  }
}
