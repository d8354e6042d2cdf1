package dev.mdp.store.feeds;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.TradeIds;
import dev.mdp.store.checkpoints.AnchorJson;
import dev.mdp.store.rows.KeptOut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// What the owner of a provider's shard does to its row of `feed_positions`. Stateless; runs inside
/// the caller's transaction.
final class PositionTable {
  static final String OF_KEY = " WHERE provider = ? AND shard = ?";
  static final String LEASED = "lease_until = clock_timestamp() + make_interval(secs => ?)";

  /// An SQL expression: the server ends this transaction when it stands still for this many
  /// milliseconds, so that its locks do not keep a successor out for longer than the lease.
  static final String BOUNDED = "set_config('idle_in_transaction_session_timeout', ?, true)";

  /// The row is locked and changed only when the epoch and the owner are ours, and the lease was
  /// not set back: in a database that was restored what was noted since is missing, so it is read
  /// again.
  private static final String MINE = OF_KEY + " AND epoch = ? AND owner = ? AND lease_until >= ?";

  private static final String ADVANCE =
      "UPDATE feed_positions p SET "
          + LEASED
          + ", position = ?, anchor = ?::jsonb"
          + MINE
          + " RETURNING lease_until, (SELECT s.ids FROM feed_series s WHERE s.provider = p.provider"
          + " LIMIT 1) AS ids, "
          + BOUNDED;

  private static final String RENEW =
      "UPDATE feed_positions SET " + LEASED + MINE + " RETURNING lease_until";

  private static final String RELEASE =
      "UPDATE feed_positions SET lease_until = NULL, owner = NULL" + MINE;

  private static final String IS_MINE = "SELECT 1 FROM feed_positions" + MINE;

  private static final String LOCK_MINE = IS_MINE + " FOR NO KEY UPDATE";

  private static final Duration SHORTEST_BOUND = Duration.ofSeconds(1);

  private PositionTable() {}

  /// Notes the position and extends the lease. Returns until when it lives.
  static Instant advance(Connection connection, FeedLease lease, Duration length, FeedCommit commit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setDouble(1, seconds(length));
      statement.setString(2, commit.position().toString());
      statement.setString(3, AnchorJson.write(commit.anchor()));
      bindLease(statement, 4, lease);
      statement.setString(9, bound(length));
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw lost(connection, lease, "nothing was noted");
        }
        requireSame(lease, row.getString("ids"), commit.ids());
        return instant(row, "lease_until");
      }
    }
  }

  static Instant renew(Connection connection, FeedLease lease, Duration length)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
      statement.setDouble(1, seconds(length));
      bindLease(statement, 2, lease);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw lost(connection, lease, "claim it again");
        }
        return instant(row, "lease_until");
      }
    }
  }

  /// Locks the row: until the transaction ends no one else can own the shard.
  static void requireMine(Connection connection, FeedLease lease) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_MINE)) {
      bindLease(statement, 1, lease);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw lost(connection, lease, "nothing was taken up");
        }
      }
    }
  }

  /// Returns whether the lease was still there.
  static boolean release(Connection connection, FeedLease lease) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      bindLease(statement, 1, lease);
      return statement.executeUpdate() == 1;
    }
  }

  /// A row that is still ours was not taken by anyone: the table keeps the change out.
  private static FencedException lost(Connection connection, FeedLease lease, String so)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_MINE)) {
      bindLease(statement, 1, lease);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          throw KeptOut.of("feed_positions", 1, 0);
        }
      }
    }
    return new FencedException(
        "%s: the lease of epoch %d was lost by '%s', or the database was set back; %s"
            .formatted(lease.key(), lease.epoch(), lease.owner(), so));
  }

  /// All series of a provider have the same kind of ids, so one of them is enough.
  private static void requireSame(FeedLease lease, @Nullable String noted, TradeIds ids) {
    if (noted != null && !noted.equals(ids.word())) {
      String provider = lease.key().provider();
      throw new ConfigException(
          "provider %s was noted with %s ids and now has %s ones: a provider's name stands for one kind of stream, so give this one another name"
              .formatted(provider, noted, ids.word()));
    }
  }

  private static void bindLease(PreparedStatement statement, int first, FeedLease lease)
      throws SQLException {
    statement.setString(first, lease.key().provider());
    statement.setInt(first + 1, lease.key().shard());
    statement.setLong(first + 2, lease.epoch());
    statement.setString(first + 3, lease.owner());
    statement.setObject(first + 4, lease.until().atOffset(ZoneOffset.UTC));
  }

  /// For [#BOUNDED].
  static String bound(Duration lease) {
    Duration third = lease.dividedBy(3);
    Duration bound = third.compareTo(SHORTEST_BOUND) < 0 ? SHORTEST_BOUND : third;
    return Long.toString(bound.toMillis());
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
