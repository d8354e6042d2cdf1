package dev.mdp.bench.nemesis;

import dev.mdp.core.bus.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What all versions of all checkpoints say: whether anything went back, and which windows were
/// given up after a loss of the log.
///
/// @param count how many versions there were
/// @param wentBack each thing that went back, in words
/// @param gaps windows that the checkpoints do not claim
record Versions(long count, List<String> wentBack, List<Gap> gaps) {
  /// Windows of this shard, provider and interval that start in this range are not claimed.
  record Gap(int shard, String provider, String interval, long fromMicros, long toMicros) {
    boolean holds(int ofShard, String ofProvider, String ofInterval, long start) {
      return shard == ofShard
          && provider.equals(ofProvider)
          && interval.equals(ofInterval)
          && start >= fromMicros
          && start < toMicros;
    }
  }

  /// The same, when nothing is given up.
  Versions withoutGaps() {
    return new Versions(count, wentBack, List.of());
  }

  static Versions read(Connection connection, Losses losses) throws SQLException {
    List<String> wentBack = new ArrayList<>();
    long count = positions(connection, losses, wentBack);
    return new Versions(count, wentBack, lanes(connection, losses, wentBack));
  }

  boolean givesUp(int shard, String provider, String interval, long start) {
    return gaps.stream().anyMatch(gap -> gap.holds(shard, provider, interval, start));
  }

  private record Row(long epoch, long commitSeq, Position position, Position resume) {}

  /// A position may go back only when the log was made shorter by us and someone claimed it again,
  /// or accepted the loss for a group that no one claims.
  private static long positions(Connection connection, Losses losses, List<String> wentBack)
      throws SQLException {
    Map<String, Row> last = new HashMap<>();
    Map<String, Long> claimed = new HashMap<>();
    long count = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT consumer_group, shard, epoch, commit_seq, position, resume_position, at FROM nemesis.history ORDER BY n")) {
      while (rows.next()) {
        count++;
        Row row =
            new Row(
                rows.getLong(3),
                rows.getLong(4),
                Position.parse(rows.getString(5)),
                Position.parse(rows.getString(6)));
        String key = rows.getString(1) + "/" + rows.getInt(2);
        Row before = last.put(key, row);
        if (before == null || row.epoch != before.epoch) {
          claimed.put(key, row.commitSeq);
        }
        if (before != null) {
          boolean mark = row.epoch == 0; // of a group without owners
          boolean first = row.commitSeq == claimed.getOrDefault(key, 0L) + 1;
          boolean excused = mark || row.epoch > before.epoch || first;
          excused &= losses.wasHitBefore(rows.getInt(2), rows.getLong(7));
          compare(key, before, row, excused, wentBack);
        }
      }
    }
    return count;
  }

  private static void compare(
      String key, Row before, Row row, boolean excused, List<String> wentBack) {
    boolean numbers =
        row.epoch < before.epoch || (row.epoch == before.epoch && row.commitSeq < before.commitSeq);
    boolean places = before.position.isAfter(row.position) || before.resume.isAfter(row.resume);
    if (numbers || (places && !excused)) {
      wentBack.add(key + " went back from " + before + " to " + row);
    }
  }

  private static final String LANES =
      """
      SELECT shard, lane ->> 'provider', i.name, (lane ->> 'watermark')::bigint,
             (lane -> 'sealed_through' ->> i.name)::bigint, (lane -> 'begins_at' ->> i.name)::bigint, at
        FROM nemesis.history, jsonb_array_elements(lanes) AS lane,
             unnest(?::text[]) AS i(name)
       WHERE consumer_group = ?
       ORDER BY n
      """;

  private static List<Gap> lanes(Connection connection, Losses losses, List<String> wentBack)
      throws SQLException {
    Map<String, LaneTrail> trails = new HashMap<>();
    try (var statement = connection.prepareStatement(LANES)) {
      statement.setArray(1, connection.createArrayOf("text", TestBed.INTERVALS.toArray()));
      statement.setString(2, Positions.MICRO_BATCHER);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          int shard = rows.getInt(1);
          String provider = rows.getString(2);
          String interval = rows.getString(3);
          trails
              .computeIfAbsent(
                  shard + "/" + provider + "/" + interval,
                  _ -> new LaneTrail(shard, provider, interval))
              .add(
                  rows.getLong(4),
                  LaneTrail.orNever(rows, 5),
                  LaneTrail.orNever(rows, 6),
                  losses.wasHitBefore(shard, rows.getLong(7)));
        }
      }
    }
    List<Gap> gaps = new ArrayList<>();
    for (LaneTrail trail : trails.values()) {
      gaps.addAll(trail.end());
      wentBack.addAll(trail.wentBack());
    }
    return gaps;
  }
}
