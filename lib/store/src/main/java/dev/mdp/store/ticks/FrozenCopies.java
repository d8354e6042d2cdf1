package dev.mdp.store.ticks;

import dev.mdp.store.database.Database;
import java.sql.ResultSet;
import java.time.Duration;

/// Ends sessions that stand still in the middle of a COPY into `tick_data`. A process that is
/// stopped there keeps its rows from everybody else, and no timer of the server ends it. Our copies
/// are sent from memory: one that waits for its client for so long has lost it.
final class FrozenCopies {
  private static final Duration LIMIT = Duration.ofSeconds(4);

  private static final String END =
      """
      SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
        FROM pg_stat_activity
       WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
         AND wait_event = 'ClientRead' AND state = 'active' AND query LIKE 'COPY tick_data %'
         AND query_start < clock_timestamp() - make_interval(secs => ?)
      """;

  private FrozenCopies() {}

  /// Returns how many were ended.
  static long end(Database database) {
    return database.query(
        "end sessions that stand still",
        connection -> {
          try (var statement = connection.prepareStatement(END)) {
            statement.setDouble(1, LIMIT.toSeconds());
            try (ResultSet rows = statement.executeQuery()) {
              rows.next();
              return rows.getLong(1);
            }
          }
        });
  }
}
