package dev.mdp.store.signals;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.CheckpointKey;
import dev.mdp.core.store.Evaluated;
import dev.mdp.core.store.EvaluationState;
import dev.mdp.core.store.SymbolState;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// `inference_state` and `signal_outbox` of one shard. Stateless; runs inside the caller's
/// transaction.
public final class EvaluationTables {
  private static final String OF_SHARD = " WHERE consumer_group = ? AND topic = ? AND shard = ?";

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
      "DELETE FROM inference_state" + OF_SHARD + " AND provider = ? AND lane = ?";
  private static final String KEEP =
      "INSERT INTO signal_outbox (consumer_group, topic, shard, number, payloads) VALUES (?, ?, ?, ?, ?)";
  private static final String PUBLISHED =
      "DELETE FROM signal_outbox" + OF_SHARD + " AND number <= ?";

  private EvaluationTables() {}

  /// All that evaluations leave besides the signals.
  public static void write(Connection connection, CheckpointKey key, Evaluated evaluated)
      throws SQLException {
    forget(connection, key, evaluated.forgotten());
    states(connection, key, evaluated.states());
    if (evaluated.publishedThrough() > 0) {
      try (PreparedStatement statement = connection.prepareStatement(PUBLISHED)) {
        bind(statement, 1, key);
        statement.setLong(4, evaluated.publishedThrough());
        statement.executeUpdate();
      }
    }
    if (!evaluated.outbox().isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
        bind(statement, 1, key);
        statement.setLong(4, evaluated.outboxNumber());
        statement.setArray(
            5, connection.createArrayOf("bytea", evaluated.outbox().toArray(byte[][]::new)));
        KeptOut.require("signal_outbox", 1, statement.executeUpdate());
      }
    }
  }

  private static void forget(Connection connection, CheckpointKey key, List<Evaluated.Lane> lanes)
      throws SQLException {
    for (Evaluated.Lane lane : lanes) {
      try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
        int next = bind(statement, 1, key);
        statement.setString(next, lane.provider());
        statement.setString(next + 1, lane.lane());
        statement.executeUpdate();
      }
    }
  }

  private static void states(Connection connection, CheckpointKey key, List<SymbolState> states)
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
      bind(statement, next, key);
      KeptOut.require("inference_state", inOrder.size(), statement.executeUpdate());
    }
  }

  public static EvaluationState read(Connection connection, CheckpointKey key) throws SQLException {
    return new EvaluationState(symbols(connection, key), unpublished(connection, key));
  }

  private static List<SymbolState> symbols(Connection connection, CheckpointKey key)
      throws SQLException {
    List<SymbolState> all = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT provider, lane, symbol, features, rules FROM inference_state" + OF_SHARD)) {
      bind(statement, 1, key);
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

  private static SortedMap<Long, List<byte[]>> unpublished(Connection connection, CheckpointKey key)
      throws SQLException {
    SortedMap<Long, List<byte[]>> all = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT number, payloads FROM signal_outbox" + OF_SHARD)) {
      bind(statement, 1, key);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Array payloads = rows.getArray(2);
          all.put(rows.getLong(1), List.of((byte[][]) payloads.getArray()));
        }
      }
    }
    return all;
  }

  /// Forgets everything of the shard.
  public static void clear(Connection connection, CheckpointKey key) throws SQLException {
    for (String table : List.of("inference_state", "signal_outbox")) {
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM " + table + OF_SHARD)) {
        bind(statement, 1, key);
        statement.executeUpdate();
      }
    }
  }

  private static int bind(PreparedStatement statement, int index, CheckpointKey key)
      throws SQLException {
    statement.setString(index, key.group());
    statement.setString(index + 1, key.topic());
    statement.setInt(index + 2, key.shard());
    return index + 3;
  }
}
