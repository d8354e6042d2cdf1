package dev.mdp.store.checkpoints;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.error.ConflictException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The server's sessions by a name that is never used twice: process id and start.
final class Sessions {
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  /// An SQL expression: the name of this session.
  static final String OWN =
      "(SELECT pid || '@' || (extract(epoch FROM backend_start) * 1000000)::bigint"
          + " FROM pg_stat_activity WHERE pid = pg_backend_pid())";

  private static final String END =
      """
      SELECT pg_terminate_backend(pid, ?)
        FROM pg_stat_activity
       WHERE pid || '@' || (extract(epoch FROM backend_start) * 1000000)::bigint = ?
         AND pid <> pg_backend_pid()
      """;

  private Sessions() {}

  /// Ends the former owner's session, when it still exists, and waits until it is gone: none of its
  /// row locks survives.
  static void end(Connection connection, CheckpointKey key, @Nullable String session)
      throws SQLException {
    if (session == null) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      statement.setLong(1, END_LIMIT.toMillis());
      statement.setString(2, session);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next() && !rows.getBoolean(1)) {
          throw new ConflictException(
              key
                  + ": the former owner's database session "
                  + session
                  + " does not end; try again");
        }
      }
    }
  }
}
