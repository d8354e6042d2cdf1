package dev.mdp.store.signals;

import dev.mdp.core.event.Signal;
import dev.mdp.core.json.Json;
import dev.mdp.core.store.WriteResult;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Writes signals: new ones are inserted, others updated where they differ. Stateless; runs inside
/// the caller's transaction.
public final class SignalTable {
  private static final Comparator<Signal> KEY_ORDER =
      Comparator.comparing(Signal::provider)
          .thenComparing(Signal::symbol)
          .thenComparingLong(Signal::tsMicros)
          .thenComparing(Signal::name);

  private static final List<RowColumn<Signal>> COLUMNS =
      List.of(
          new RowColumn.Text<>("provider", Signal::provider),
          new RowColumn.Text<>("symbol", signal -> signal.symbol().value()),
          new RowColumn.Time<>("ts", Signal::tsMicros),
          new RowColumn.Text<>("name", Signal::name),
          new RowColumn.Real<>("value", Signal::value),
          new RowColumn.Real<>("score", signal -> signal.score().orElse(Double.NaN)),
          new RowColumn.Text<>("metadata", signal -> Json.write(signal.meta())));

  private static final String UPSERT =
      """
      INSERT INTO signals AS s (provider, symbol, ts, name, value, score, metadata)
      SELECT i.provider, i.symbol, i.ts, i.name, i.value, i.score, i.metadata::jsonb
        FROM %s AS %s
      ON CONFLICT (provider, symbol, ts, name) DO UPDATE
         SET value = excluded.value, score = excluded.score, metadata = excluded.metadata
       WHERE (s.value, s.score, s.metadata) IS DISTINCT FROM (excluded.value, excluded.score, excluded.metadata)
      RETURNING xmax = 0
      """
          .formatted(RowTable.unnest(COLUMNS), RowTable.alias(COLUMNS));

  private static final String STORED =
      """
      SELECT count(*) FROM %s AS %s
       CROSS JOIN LATERAL (SELECT FROM signals s
                            WHERE s.provider = i.provider AND s.symbol = i.symbol AND s.ts = i.ts AND s.name = i.name
                              AND (s.value, s.score, s.metadata)
                                  IS NOT DISTINCT FROM (i.value, i.score, i.metadata::jsonb) OFFSET 0) f
      """
          .formatted(RowTable.unnest(COLUMNS), RowTable.alias(COLUMNS));

  private SignalTable() {}

  public static WriteResult write(Connection connection, List<Signal> signals) throws SQLException {
    if (signals.isEmpty()) {
      return WriteResult.NONE;
    }
    TreeMap<Signal, Signal> last = new TreeMap<>(KEY_ORDER);
    signals.forEach(signal -> last.put(signal, signal));
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      RowTable.bind(statement, COLUMNS, new ArrayList<>(last.values()));
      long inserted = 0;
      long updated = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (rows.getBoolean(1)) {
            inserted++;
          } else {
            updated++;
          }
        }
      }
      if (inserted + updated < last.size()) {
        KeptOut.require("signals", last.size(), stored(connection, last));
      }
      return new WriteResult(inserted, updated, last.size() - inserted - updated, 0);
    }
  }

  /// Those that are in the table as they were given.
  private static long stored(Connection connection, TreeMap<Signal, Signal> signals)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STORED)) {
      RowTable.bind(statement, COLUMNS, new ArrayList<>(signals.values()));
      try (ResultSet count = statement.executeQuery()) {
        count.next();
        return count.getLong(1);
      }
    }
  }
}
