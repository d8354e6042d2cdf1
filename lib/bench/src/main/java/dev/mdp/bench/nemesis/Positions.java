package dev.mdp.bench.nemesis;

import dev.mdp.core.bus.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/// How far a group has come, by its checkpoints.
final class Positions {
  static final String MICRO_BATCHER = TestBed.GROUP + "-micro-batcher";
  static final String TICKS = TestBed.GROUP + "-tick-consumer";

  private Positions() {}

  static Map<Integer, Position> of(Connection connection, String group) throws SQLException {
    Map<Integer, Position> all = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT shard, position FROM stream_checkpoints WHERE consumer_group = '"
                    + group
                    + "'")) {
      while (rows.next()) {
        all.put(rows.getInt(1), Position.parse(rows.getString(2)));
      }
    }
    return all;
  }
}
