package dev.mdp.store.checkpoints;

import dev.mdp.core.bus.Anchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.store.CheckpointKey;
import dev.mdp.core.store.StoredMarks;
import dev.mdp.core.store.StoredMarks.Mark;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.ServerStart;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The low-water marks of stateless groups in `stream_checkpoints`. `resume_position` is the
/// anchor's, so that the entry by which the log is known is not trimmed.
final class MarkTable {
  private static final String READ =
      "SELECT shard, position, anchor FROM stream_checkpoints"
          + " WHERE consumer_group = ? AND topic = ?";

  private static final String RAISE =
      """
      INSERT INTO stream_checkpoints AS c
             (consumer_group, topic, shard, shards, position, resume_position, anchor, committed)
      VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, true)
          ON CONFLICT (consumer_group, topic, shard) DO UPDATE
         SET position = excluded.position, resume_position = excluded.resume_position,
             anchor = excluded.anchor, committed = true
       WHERE (%1$s < %2$s OR (%1$s = %2$s AND c.anchor IS NULL AND excluded.anchor IS NOT NULL))
         AND %1$s >= (?::bigint, ?::bigint)
      """
          .formatted(numbers("c"), numbers("excluded"));

  private static final String LOWER =
      "UPDATE stream_checkpoints SET position = ?, resume_position = ?, anchor = NULL"
          + CheckpointRow.OF_KEY;

  private final Database database;

  MarkTable(Database database) {
    this.database = database;
  }

  private static String numbers(String row) {
    return "(split_part(%1$s.position, '-', 1)::bigint, split_part(%1$s.position, '-', 2)::bigint)"
        .formatted(row);
  }

  StoredMarks read(String group, String topic) {
    return database.transaction(
        "read the low-water marks of " + group, connection -> read(connection, group, topic));
  }

  /// All in one transaction, so of one server.
  StoredMarks raise(
      String group, String topic, int shards, StoredMarks known, Map<Integer, Mark> marks) {
    return database.transaction(
        "raise the low-water marks of " + group,
        connection -> {
          Claim.requireShards(connection, new CheckpointKey(group, topic, 0), shards);
          if (!ServerStart.of(connection).equals(known.server())) {
            return read(connection, group, topic);
          }
          raise(connection, group, topic, shards, known, marks);
          return read(connection, group, topic);
        });
  }

  void lower(String group, String topic, Map<Integer, Position> positions) {
    database.transaction(
        "set back the low-water marks of " + group,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(LOWER)) {
            for (Map.Entry<Integer, Position> mark : new TreeMap<>(positions).entrySet()) {
              statement.setString(1, mark.getValue().toString());
              statement.setString(2, mark.getValue().toString());
              Claim.bindKey(statement, 3, new CheckpointKey(group, topic, mark.getKey()));
              statement.addBatch();
            }
            return statement.executeBatch().length;
          }
        });
  }

  private static void raise(
      Connection connection,
      String group,
      String topic,
      int shards,
      StoredMarks known,
      Map<Integer, Mark> marks)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RAISE)) {
      for (Map.Entry<Integer, Mark> each : new TreeMap<>(marks).entrySet()) {
        Mark mark = each.getValue();
        Position resume = mark.anchor().map(Anchor::position).orElse(mark.position());
        Position least = known.of(each.getKey()).position();
        Claim.bindKey(statement, 1, new CheckpointKey(group, topic, each.getKey()));
        statement.setInt(4, shards);
        statement.setString(5, mark.position().toString());
        statement.setString(6, resume.toString());
        statement.setString(7, CheckpointJson.anchor(mark.anchor()));
        statement.setLong(8, least.major());
        statement.setLong(9, least.minor());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static StoredMarks read(Connection connection, String group, String topic)
      throws SQLException {
    SortedMap<Integer, Mark> marks = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setString(1, group);
      statement.setString(2, topic);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Position position = Position.parse(rows.getString("position"));
          marks.put(
              rows.getInt("shard"),
              new Mark(position, CheckpointJson.anchor(rows.getString("anchor"))));
        }
      }
    }
    return new StoredMarks(ServerStart.of(connection), marks);
  }
}
