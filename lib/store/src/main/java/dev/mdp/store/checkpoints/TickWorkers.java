package dev.mdp.store.checkpoints;

import dev.mdp.core.event.Micros;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;

/// Those that store ticks, at one moment.
///
/// @param nowMicros that moment, by the database's clock
/// @param alive whether one of them has given a sign of life: by its job run, which a killed
///   process leaves as it was
public record TickWorkers(long nowMicros, boolean alive) {
  private static final String NOW =
      """
      SELECT clock_timestamp(),
             EXISTS (SELECT FROM job_runs
                      WHERE job_name = 'ticks' AND status = 'running'
                        AND greatest(started_at, (metadata ->> 'last_heartbeat')::timestamptz)
                            > clock_timestamp() - interval '15 s')
      """;

  public static TickWorkers now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet now = statement.executeQuery(NOW)) {
      now.next();
      return new TickWorkers(
          Micros.of(now.getObject(1, OffsetDateTime.class).toInstant()), now.getBoolean(2));
    }
  }
}
