package dev.mdp.store.feeds;

import dev.mdp.core.feed.FeedClaim;
import dev.mdp.core.feed.FeedCommit;
import dev.mdp.core.feed.FeedKey;
import dev.mdp.core.feed.FeedLease;
import dev.mdp.core.feed.FeedStore;
import dev.mdp.store.database.Database;
import java.time.Duration;
import java.time.Instant;

/// The feeds' tables in PostgreSQL: leases by the database's clock, over the pool. Thread-safe.
///
/// An owner's name is never used by two processes. So a database that was restored, and gives an
/// epoch a second time, gives it to another owner. The same owner may claim again while its own
/// lease lives: after an error it starts again.
public final class JdbcFeedStore implements FeedStore {
  private final Database database;

  public JdbcFeedStore(Database database) {
    this.database = database;
  }

  @Override
  public FeedClaim claim(FeedKey key, String owner, Duration lease) {
    return database.transaction(
        "claim " + key, connection -> new ShardClaim(connection, key, owner, lease).run());
  }

  @Override
  public FeedLease renew(FeedLease lease, Duration length) {
    return database.transaction(
        "renew the lease of " + lease.key(),
        connection -> until(lease, PositionTable.renew(connection, lease, length)));
  }

  /// The row of the lease comes first: from there on until the commit no one else can own the
  /// shard, and a lost lease writes nothing.
  @Override
  public FeedLease commit(FeedLease lease, Duration length, FeedCommit commit) {
    FeedKey key = lease.key();
    commit.requireOf(key);
    return database.transaction(
        "commit " + key,
        connection -> {
          Instant end = PositionTable.advance(connection, lease, length, commit);
          CursorTable.write(connection, key.provider(), commit.ids(), commit.cursors());
          GapTable.write(connection, key.provider(), commit.gaps());
          StateTable.write(connection, lease, commit.intervals());
          return until(lease, end);
        });
  }

  @Override
  public void release(FeedLease lease) {
    database.query(
        "release " + lease.key(), connection -> PositionTable.release(connection, lease));
  }

  private static FeedLease until(FeedLease lease, Instant end) {
    return new FeedLease(lease.key(), lease.owner(), lease.epoch(), end);
  }
}
