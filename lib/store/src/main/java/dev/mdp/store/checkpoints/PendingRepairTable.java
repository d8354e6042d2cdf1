package dev.mdp.store.checkpoints;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.PendingRepair;
import dev.mdp.core.checkpoint.Repairs;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/// What a commit changes in `pending_repairs`. Stateless; runs inside the caller's transaction.
final class PendingRepairTable {
  private static final List<RowColumn<Row>> KEY =
      List.of(
          new RowColumn.Text<>("provider", row -> row.window.provider()),
          new RowColumn.Text<>("symbol", row -> row.window.symbol().value()),
          new RowColumn.Text<>("interval", row -> row.window.interval().toString()),
          new RowColumn.Time<>("ts", row -> row.window.startMicros()));

  private static final List<RowColumn<Row>> FOUND =
      Stream.concat(
              KEY.stream(),
              Stream.<RowColumn<Row>>of(
                  new RowColumn.Text<>("lane", row -> row.cause.lane()),
                  new RowColumn.Text<>("position", row -> row.cause.position().toString())))
          .toList();

  private static final String OF_SHARD = " consumer_group = ? AND topic = ? AND shard = ?";

  private static final String INSERT =
      "INSERT INTO pending_repairs AS r (provider, symbol, interval, ts, lane, position,"
          + " consumer_group, topic, shard) SELECT i.*, ?, ?, ? FROM "
          + RowTable.unnest(FOUND)
          + " AS "
          + RowTable.alias(FOUND)
          + " ON CONFLICT ON CONSTRAINT pending_repairs_pkey DO UPDATE"
          + " SET lane = excluded.lane, position = excluded.position, ended = false";

  private static final String END =
      "UPDATE pending_repairs SET ended = true WHERE" + OF_SHARD + " AND provider = ? AND lane = ?";

  private static final String DELETE =
      "DELETE FROM pending_repairs r USING "
          + RowTable.unnest(KEY)
          + " AS "
          + RowTable.alias(KEY)
          + " WHERE r.provider = i.provider AND r.symbol = i.symbol AND r.interval = i.interval"
          + " AND r.ts = i.ts AND"
          + OF_SHARD;

  private record Row(PendingRepair window, Repairs.Cause cause) {}

  private PendingRepairTable() {}

  /// Notes what was found before a lane of it may have ended.
  static void write(Connection connection, CheckpointKey key, Repairs repairs) throws SQLException {
    insert(connection, key, repairs);
    end(connection, key, repairs);
    delete(connection, key, repairs);
  }

  /// Forgets everything of the shard.
  static void clear(Connection connection, CheckpointKey key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM pending_repairs WHERE" + OF_SHARD)) {
      Claim.bindKey(statement, 1, key);
      statement.executeUpdate();
    }
  }

  private static void insert(Connection connection, CheckpointKey key, Repairs repairs)
      throws SQLException {
    if (repairs.found().isEmpty()) {
      return;
    }
    List<Row> rows =
        repairs.found().entrySet().stream()
            .map(each -> new Row(each.getKey(), each.getValue()))
            .toList();
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      Claim.bindKey(statement, 1, key);
      RowTable.bind(statement, 4, FOUND, rows);
      KeptOut.require("pending_repairs", rows.size(), statement.executeUpdate());
    }
  }

  private static void end(Connection connection, CheckpointKey key, Repairs repairs)
      throws SQLException {
    if (repairs.ended().isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      for (Repairs.LaneRef lane : repairs.ended()) {
        Claim.bindKey(statement, 1, key);
        statement.setString(4, lane.provider());
        statement.setString(5, lane.lane());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void delete(Connection connection, CheckpointKey key, Repairs repairs)
      throws SQLException {
    if (repairs.done().isEmpty()) {
      return;
    }
    List<Row> rows =
        repairs.done().stream()
            .map(each -> new Row(each, new Repairs.Cause("", Position.START)))
            .toList();
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      int next = RowTable.bind(statement, KEY, rows);
      Claim.bindKey(statement, next, key);
      statement.executeUpdate();
    }
  }
}
