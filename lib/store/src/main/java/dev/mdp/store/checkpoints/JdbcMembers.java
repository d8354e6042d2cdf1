package dev.mdp.store.checkpoints;

import dev.mdp.core.checkpoint.Members;
import dev.mdp.store.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/// `stream_members` in PostgreSQL: one round trip a beat. Members that have been dead for an hour
/// are forgotten.
public final class JdbcMembers implements Members {
  private static final String BEAT =
      """
      WITH me AS (
        INSERT INTO stream_members AS m (consumer_group, topic, member, alive_until)
        VALUES (?, ?, ?, clock_timestamp() + make_interval(secs => ?))
        ON CONFLICT (consumer_group, topic, member) DO UPDATE SET alive_until = excluded.alive_until
        RETURNING member),
      forgotten AS (
        DELETE FROM stream_members
         WHERE consumer_group = ? AND topic = ? AND alive_until < clock_timestamp() - interval '1 hour'
           AND member <> ?),
      owned AS (
        SELECT owner AS member, count(*)::int AS shards
          FROM stream_checkpoints
         WHERE consumer_group = ? AND topic = ? AND lease_until > clock_timestamp()
         GROUP BY owner),
      alive AS (
        SELECT member FROM me
        UNION
        SELECT member FROM stream_members
         WHERE consumer_group = ? AND topic = ? AND alive_until > clock_timestamp()
        UNION
        SELECT member FROM owned)
      SELECT member, coalesce(shards, 0) AS shards FROM alive LEFT JOIN owned USING (member)
      """;

  private static final String LEAVE =
      "DELETE FROM stream_members WHERE consumer_group = ? AND topic = ? AND member = ?";

  private final Database database;

  public JdbcMembers(Database database) {
    this.database = database;
  }

  @Override
  public SortedMap<String, Integer> beat(String group, String topic, String member, Duration life) {
    return database.query(
        "say that " + member + " shares " + group + " on " + topic,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            statement.setString(1, group);
            statement.setString(2, topic);
            statement.setString(3, member);
            statement.setDouble(4, life.toMillis() / 1_000.0);
            statement.setString(5, group);
            statement.setString(6, topic);
            statement.setString(7, member);
            statement.setString(8, group);
            statement.setString(9, topic);
            statement.setString(10, group);
            statement.setString(11, topic);
            SortedMap<String, Integer> members = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                members.put(rows.getString("member"), rows.getInt("shards"));
              }
            }
            return members;
          }
        });
  }

  @Override
  public void leave(String group, String topic, String member) {
    database.query(
        member + " leaves " + group + " on " + topic,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(LEAVE)) {
            statement.setString(1, group);
            statement.setString(2, topic);
            statement.setString(3, member);
            return statement.executeUpdate();
          }
        });
  }
}
