package dev.mdp.store.checkpoints;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.event.Interval;
import dev.mdp.store.runs.LedgerJson;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row of `stream_checkpoints` as it was read.
///
/// @param backend the owner's session, `pid@start`
/// @param committed whether the group ever committed here
public record CheckpointRow(
    CheckpointStatus status,
    List<Interval> intervals,
    @Nullable String backend,
    boolean committed) {
  static final String SELECT =
      """
      SELECT consumer_group, topic, shard, shards, intervals, epoch, commit_seq, owner, backend,
             lease_until, coalesce(lease_until > clock_timestamp(), false) AS leased, committed,
             position, resume_position, anchor, gap_until, lanes, ledger, settings, updated_at
        FROM stream_checkpoints
      """;
  static final String OF_KEY = " WHERE consumer_group = ? AND topic = ? AND shard = ?";

  /// Every row, as the connection's transaction sees them.
  public static List<CheckpointRow> all(Connection connection) throws SQLException {
    List<CheckpointRow> all = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SELECT);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        all.add(read(rows));
      }
    }
    return all;
  }

  static CheckpointRow read(ResultSet row) throws SQLException {
    CheckpointKey key =
        new CheckpointKey(
            row.getString("consumer_group"), row.getString("topic"), row.getInt("shard"));
    Checkpoint checkpoint =
        new Checkpoint(
            Position.parse(row.getString("position")),
            Position.parse(row.getString("resume_position")),
            AnchorJson.read(row.getString("anchor")),
            Position.parse(row.getString("gap_until")),
            CheckpointJson.lanes(row.getString("lanes")),
            LedgerJson.read(CheckpointJson.tree(row.getString("ledger"))),
            SettingsJson.read(row.getString("settings")));
    CheckpointStatus status =
        new CheckpointStatus(
            key,
            row.getInt("shards"),
            row.getLong("epoch"),
            row.getLong("commit_seq"),
            row.getString("owner"),
            instant(row, "lease_until"),
            row.getBoolean("leased"),
            checkpoint,
            Objects.requireNonNull(instant(row, "updated_at")));
    return new CheckpointRow(
        status,
        intervals(row.getArray("intervals")),
        row.getString("backend"),
        row.getBoolean("committed"));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static List<Interval> intervals(Array array) throws SQLException {
    List<Interval> intervals = new ArrayList<>();
    for (String text : (String[]) array.getArray()) {
      CheckpointJson.interval(text).ifPresent(intervals::add);
    }
    return intervals;
  }
}
