package dev.mdp.store.checkpoints;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.LowWaterMarks;
import dev.mdp.core.checkpoint.StoredMarks;
import dev.mdp.core.checkpoint.StoredMarks.Alignment;
import dev.mdp.core.checkpoint.StoredMarks.Mark;
import dev.mdp.store.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The low-water marks of stateless groups in `stream_checkpoints`. `resume_position` is the
/// anchor's, so that the entry by which the log is known is not trimmed.
final class MarkTable implements LowWaterMarks {
  /// A database that was dropped and restored on a server that ran on has another table.
  private static final String SERVER =
      "SELECT concat_ws(' ', pg_postmaster_start_time(),"
          + " (SELECT oid FROM pg_database WHERE datname = current_database()),"
          + " pg_relation_filenode('stream_checkpoints'))";

  private static final String READ =
      "SELECT shard, position, anchor, settings ->> 'server' AS server,"
          + " settings ->> 'generation' AS generation"
          + " FROM stream_checkpoints WHERE consumer_group = ? AND topic = ?";

  private static final String ALIGN =
      """
      INSERT INTO stream_checkpoints AS c
             (consumer_group, topic, shard, shards, position, resume_position, committed, settings)
      VALUES (?, ?, ?, ?, '0-0', '0-0', true,
              jsonb_build_object('server', ?::text, 'generation', ?::text))
          ON CONFLICT (consumer_group, topic, shard) DO UPDATE
         SET settings = c.settings || excluded.settings
      """;

  private static final String RAISE =
      """
      UPDATE stream_checkpoints
         SET position = ?, resume_position = ?, anchor = ?::jsonb, committed = true
       WHERE consumer_group = ? AND topic = ? AND shard = ?
         AND settings ->> 'server' = ? AND settings ->> 'generation' = ?
         AND %1$s >= (?::bigint, ?::bigint) AND %1$s <= (?::bigint, ?::bigint)
      """
          .formatted(
              "(split_part(position, '-', 1)::bigint, split_part(position, '-', 2)::bigint)");

  private static final String LOWER =
      "UPDATE stream_checkpoints SET position = ?, resume_position = ?, anchor = NULL"
          + CheckpointRow.OF_KEY;

  private static final String NOTE_MAX_FUTURE =
      """
      UPDATE stream_checkpoints
         SET settings = settings || jsonb_build_object('max_future', jsonb_build_array(
                          jsonb_build_object('through', position, 'micros', ?::bigint)))
       WHERE consumer_group = ? AND topic = ?
      """;

  private final Database database;

  MarkTable(Database database) {
    this.database = database;
  }

  @Override
  public StoredMarks marks(String group, String topic) {
    return database.transaction(
        "read the low-water marks of " + group, connection -> read(connection, group, topic));
  }

  /// All in one transaction, so of one server.
  @Override
  public StoredMarks raiseMarks(
      String group, String topic, int shards, StoredMarks known, Map<Integer, Mark> marks) {
    return database.transaction(
        "raise the low-water marks of " + group,
        connection -> {
          Claim.requireShards(connection, new CheckpointKey(group, topic, 0), shards);
          if (server(connection).equals(known.server())) {
            raise(connection, group, topic, known, marks);
          }
          return read(connection, group, topic);
        });
  }

  @Override
  public boolean align(CheckpointKey key, int shards, Alignment alignment) {
    return database.transaction(
        "align " + key,
        connection -> {
          Claim.lockIfNew(connection, key);
          Claim.requireShards(connection, key, shards);
          if (!server(connection).equals(alignment.server())) {
            return false;
          }
          try (PreparedStatement statement = connection.prepareStatement(ALIGN)) {
            Claim.bindKey(statement, 1, key);
            statement.setInt(4, shards);
            statement.setString(5, alignment.server());
            statement.setString(6, alignment.generation());
            return statement.executeUpdate() > 0;
          }
        });
  }

  @Override
  public void lowerMarks(String group, String topic, Map<Integer, Position> positions) {
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

  @Override
  public void noteMaxFuture(String group, String topic, long micros) {
    database.query(
        "note max_future_ms of " + group,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(NOTE_MAX_FUTURE)) {
            statement.setLong(1, micros);
            statement.setString(2, group);
            statement.setString(3, topic);
            return statement.executeUpdate();
          }
        });
  }

  private static void raise(
      Connection connection,
      String group,
      String topic,
      StoredMarks known,
      Map<Integer, Mark> marks)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RAISE)) {
      for (Map.Entry<Integer, Mark> each : new TreeMap<>(marks).entrySet()) {
        Mark mark = each.getValue();
        Position resume = mark.anchor().map(LogAnchor::position).orElse(mark.position());
        Position least = known.of(each.getKey()).position();
        statement.setString(1, mark.position().toString());
        statement.setString(2, resume.toString());
        statement.setString(3, AnchorJson.write(mark.anchor()));
        Claim.bindKey(statement, 4, new CheckpointKey(group, topic, each.getKey()));
        statement.setString(7, mark.alignment().server());
        statement.setString(8, mark.alignment().generation());
        statement.setLong(9, least.major());
        statement.setLong(10, least.minor());
        statement.setLong(11, mark.position().major());
        statement.setLong(12, mark.position().minor());
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
          marks.put(
              rows.getInt("shard"),
              new Mark(
                  Position.parse(rows.getString("position")),
                  AnchorJson.read(rows.getString("anchor")),
                  new Alignment(textOf(rows, "server"), textOf(rows, "generation"))));
        }
      }
    }
    return new StoredMarks(server(connection), marks);
  }

  private static String textOf(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  private static String server(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SERVER)) {
      row.next();
      return row.getString(1);
    }
  }
}
