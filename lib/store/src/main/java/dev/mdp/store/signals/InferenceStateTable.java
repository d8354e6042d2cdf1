package dev.mdp.store.signals;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.SymbolState;
import dev.mdp.core.event.Symbol;
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

/// The table `inference_state`: what features and rules remember of each symbol. Stateless; runs
/// inside the caller's transaction.
final class InferenceStateTable {
  static final String NAME = "inference_state";

  private static final List<RowColumn<SymbolState>> COLUMNS =
      List.of(
          new RowColumn.Text<>("provider", SymbolState::provider),
          new RowColumn.Text<>("symbol", state -> state.symbol().value()),
          new RowColumn.Text<>("lane", SymbolState::lane),
          new RowColumn.Bytes<>("features", SymbolState::features),
          new RowColumn.Bytes<>("rules", SymbolState::rules));

  private static final String UPSERT =
      """
      INSERT INTO inference_state AS s (provider, symbol, lane, features, rules, consumer_group, topic, shard)
      SELECT i.provider, i.symbol, coalesce(i.lane, ''), i.features, i.rules, k.consumer_group, k.topic, k.shard
        FROM %s AS %s,
             (SELECT ?::text AS consumer_group, ?::text AS topic, ?::integer AS shard) AS k
      ON CONFLICT (consumer_group, topic, shard, provider, lane, symbol) DO UPDATE
         SET features = excluded.features, rules = excluded.rules
      """
          .formatted(RowTable.unnest(COLUMNS), RowTable.alias(COLUMNS));

  private static final String FORGET =
      "DELETE FROM inference_state" + ShardRows.OF_SHARD + " AND provider = ? AND lane = ?";

  private InferenceStateTable() {}

  /// Removes the states of these lanes.
  static void forget(Connection connection, CheckpointKey key, List<Evaluated.Lane> lanes)
      throws SQLException {
    for (Evaluated.Lane lane : lanes) {
      try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
        int next = ShardRows.bind(statement, 1, key);
        statement.setString(next, lane.provider());
        statement.setString(next + 1, lane.lane());
        statement.executeUpdate();
      }
    }
  }

  static void put(Connection connection, CheckpointKey key, List<SymbolState> states)
      throws SQLException {
    if (states.isEmpty()) {
      return;
    }
    List<SymbolState> inOrder = new ArrayList<>(states);
    inOrder.sort(
        Comparator.comparing(SymbolState::provider)
            .thenComparing(SymbolState::lane)
            .thenComparing(SymbolState::symbol));
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      int next = RowTable.bind(statement, COLUMNS, inOrder);
      ShardRows.bind(statement, next, key);
      KeptOut.require(NAME, inOrder.size(), statement.executeUpdate());
    }
  }

  static List<SymbolState> read(Connection connection, CheckpointKey key) throws SQLException {
    List<SymbolState> all = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT provider, lane, symbol, features, rules FROM inference_state"
                + ShardRows.OF_SHARD)) {
      ShardRows.bind(statement, 1, key);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          all.add(
              new SymbolState(
                  rows.getString(1),
                  rows.getString(2),
                  new Symbol(rows.getString(3)),
                  rows.getBytes(4),
                  rows.getBytes(5)));
        }
      }
    }
    return all;
  }
}
