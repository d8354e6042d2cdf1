package dev.mdp.store.feeds;

import dev.mdp.core.bus.Position;
import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.store.checkpoints.AnchorJson;
import dev.mdp.store.rows.KeptOut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Takes a provider's shard inside the caller's transaction. One use.
final class ShardClaim {
  private static final int ATTEMPTS = 10;

  private static final String TAKE =
      "UPDATE feed_positions SET epoch = epoch + 1, owner = ?, "
          + PositionTable.LEASED
          + PositionTable.OF_KEY
          + " AND (owner IS NULL OR owner = ? OR lease_until <= clock_timestamp())"
          + " RETURNING epoch, lease_until, position, anchor, "
          + PositionTable.BOUNDED;

  private static final String HOLDER =
      "SELECT owner, lease_until FROM feed_positions"
          + PositionTable.OF_KEY
          + " AND owner <> ? AND lease_until > clock_timestamp()";

  private final Connection connection;
  private final FeedKey key;
  private final String owner;
  private final Duration lease;

  ShardClaim(Connection connection, FeedKey key, String owner, Duration lease) {
    this.connection = connection;
    this.key = key;
    this.owner = owner;
    this.lease = lease;
  }

  /// Throws [dev.mdp.core.error.ConfigException] when the provider was published to another topic
  /// or with another number of shards.
  FeedClaim run() throws SQLException {
    ProviderRows.ensure(connection, key);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<FeedClaim> claim = take();
      if (claim.isEmpty()) {
        claim = held();
      }
      if (claim.isPresent()) {
        return claim.get();
      }
    }
    throw KeptOut.of("feed_positions", 1, 0);
  }

  private Optional<FeedClaim> take() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setString(1, owner);
      statement.setDouble(2, PositionTable.seconds(lease));
      bindKey(statement, 3);
      statement.setString(5, owner);
      statement.setString(6, PositionTable.bound(lease));
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        FeedLease taken =
            new FeedLease(
                key, owner, row.getLong("epoch"), PositionTable.instant(row, "lease_until"));
        return Optional.of(
            new FeedClaim.Claimed(
                taken,
                Position.parse(row.getString("position")),
                AnchorJson.read(row.getString("anchor")),
                NotedSeries.of(connection, key)));
      }
    }
  }

  /// Empty when the lease has just ended.
  private Optional<FeedClaim> held() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
      bindKey(statement, 1);
      statement.setString(3, owner);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new FeedClaim.Held(
                    row.getString("owner"), PositionTable.instant(row, "lease_until")))
            : Optional.empty();
      }
    }
  }

  private void bindKey(PreparedStatement statement, int first) throws SQLException {
    statement.setString(first, key.provider());
    statement.setInt(first + 1, key.shard());
  }
}
