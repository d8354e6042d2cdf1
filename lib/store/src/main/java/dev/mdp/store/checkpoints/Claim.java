package dev.mdp.store.checkpoints;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.event.Interval;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.store.database.SqlErrors;
import dev.mdp.store.rows.KeptOut;
import dev.mdp.store.runs.LedgerJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Takes a shard on a connection that becomes the owner's. One use.
///
/// The same owner may take it again while its own lease lives: after an error it starts again, and
/// its former session may still be at work.
///
/// Its commits count from a random number: a database that was restored gives the same epoch again,
/// and a commit from before that is still on its way must not be the next of this claim.
final class Claim {
  private static final int ATTEMPTS = 10;
  private static final Duration LOCK_LIMIT = Duration.ofMillis(500);

  private static final String TAKE =
      """
      UPDATE stream_checkpoints
         SET epoch = epoch + 1, commit_seq = ?, owner = ?, backend = %s, shards = ?,
             run_id = nullif(?, 0::bigint),
             lease_until = clock_timestamp() + make_interval(secs => ?), intervals = ?
      """
              .formatted(Sessions.OWN)
          + CheckpointRow.OF_KEY
          + " RETURNING epoch, lease_until";

  /// Far more than two claims ever meet in, and still exact as a double in any JSON.
  private static final long COMMIT_NUMBERS = 1L << 52;

  private final Connection connection;
  private final ClaimRequest request;
  private final long runId;

  /// @param runId under which id the database has the request's job run
  Claim(Connection connection, ClaimRequest request, long runId) {
    this.runId = runId;
    this.connection = connection;
    this.request = request;
  }

  /// Commits when it took the shard; otherwise the connection's transaction is over too.
  ClaimResult run() throws SQLException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<ClaimResult> result = attempt();
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw new ConflictException(
        request.key() + ": its checkpoint row is locked by another session; try again");
  }

  /// Empty when the row was locked by a session that had no right to it any more.
  private Optional<ClaimResult> attempt() throws SQLException {
    try {
      lockIfNew(connection, request.key());
      requireShards(connection, request.key(), request.shards());
      create(connection, request.key(), request.shards());
      CheckpointRow row = lock();
      ClaimResult result = isHeld(row) ? held(row) : take(row);
      Failpoint.CLAIM_BEFORE_COMMIT.pass();
      connection.commit();
      return Optional.of(result);
    } catch (SQLException e) {
      connection.rollback();
      if (!SqlErrors.state(e).equals(SqlErrors.LOCK_NOT_AVAILABLE)) {
        throw e;
      }
      return blocked();
    }
  }

  private Optional<ClaimResult> blocked() throws SQLException {
    CheckpointRow row = find(connection, request.key(), "");
    if (row != null && isHeld(row)) {
      connection.commit();
      return Optional.of(held(row));
    }
    Sessions.end(connection, request.key(), row == null ? null : row.backend());
    connection.commit();
    return Optional.empty();
  }

  private boolean isHeld(CheckpointRow row) {
    return isHeld(row, request);
  }

  static boolean isHeld(CheckpointRow row, ClaimRequest request) {
    return row.status().leased()
        && !request.takeOver()
        && !request.owner().equals(row.status().owner());
  }

  static ClaimResult held(CheckpointRow row) {
    return new ClaimResult.Held(
        Objects.requireNonNullElse(row.status().owner(), "unknown"),
        Objects.requireNonNull(row.status().leaseUntil()));
  }

  private CheckpointRow lock() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = " + LOCK_LIMIT.toMillis());
    }
    CheckpointRow row = find(connection, request.key(), " FOR UPDATE");
    if (row == null) {
      throw new ConflictException(request.key() + ": its checkpoint was just dropped; try again");
    }
    return row;
  }

  /// What is dropped is dropped with the claim, also when nothing comes to be committed; what is
  /// added waits for the first commit, which says where it begins.
  private ClaimResult take(CheckpointRow row) throws SQLException {
    request.requireNoneDropped(row.intervals());
    String[] kept =
        row.intervals().stream()
            .filter(request.intervals()::contains)
            .map(Interval::toString)
            .toArray(String[]::new);
    Sessions.end(connection, request.key(), row.backend());
    long commitSeq = ThreadLocalRandom.current().nextLong(1, COMMIT_NUMBERS);
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setLong(1, commitSeq);
      statement.setString(2, request.owner());
      statement.setInt(3, request.shards());
      statement.setLong(4, runId);
      statement.setDouble(5, request.lease().toMillis() / 1_000.0);
      statement.setArray(6, connection.createArrayOf("text", kept));
      bindKey(statement, 7, request.key());
      try (ResultSet taken = statement.executeQuery()) {
        if (!taken.next()) { // the row is locked by this transaction, so no one else has changed it
          throw KeptOut.of("stream_checkpoints", 1, 0);
        }
        Lease lease =
            new Lease(
                request.key(),
                request.owner(),
                taken.getLong("epoch"),
                commitSeq,
                Objects.requireNonNull(CheckpointRow.instant(taken, "lease_until")));
        Checkpoint checkpoint = row.committed() ? row.status().checkpoint() : Checkpoint.EMPTY;
        return new ClaimResult.Claimed(
            lease, checkpoint, !row.committed(), row.intervals(), runLedger());
      }
    }
  }

  /// What this run has committed of its ledger in this shard, by the run's own row.
  private LedgerCounts runLedger() throws SQLException {
    return LedgerJson.ofShard(connection, runId, request.key().shard());
  }

  /// Throws [ConfigException] when the group's checkpoints are of another number of shards.
  static void requireShards(Connection connection, CheckpointKey key, int shards)
      throws SQLException {
    String sql =
        "SELECT shards FROM stream_checkpoints"
            + " WHERE consumer_group = ? AND topic = ? AND shards <> ? LIMIT 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key.group());
      statement.setString(2, key.topic());
      statement.setInt(3, shards);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          int stored = rows.getInt(1);
          throw new ConfigException(
              "group %s has checkpoints of %s with %d shards, the configuration says %d: set shards back to %d, or drain the stream and run mdp stream checkpoints drop --group %s --confirm"
                  .formatted(key.group(), key.topic(), stored, shards, stored, key.group()));
        }
      }
    }
  }

  /// No one else makes a row of the group until this transaction ends: of two first members with
  /// different numbers of shards one finds the other's row.
  static void lockIfNew(Connection connection, CheckpointKey key) throws SQLException {
    if (find(connection, key, "") != null) {
      return;
    }
    String sql = "SELECT pg_advisory_xact_lock(hashtextextended(? || ' ' || ?, 731))";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key.group());
      statement.setString(2, key.topic());
      statement.execute();
    }
  }

  private static void create(Connection connection, CheckpointKey key, int shards)
      throws SQLException {
    String sql =
        "INSERT INTO stream_checkpoints (consumer_group, topic, shard, shards)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bindKey(statement, 1, key);
      statement.setInt(4, shards);
      statement.executeUpdate();
    }
  }

  /// @param locking appended to the query, for example ` FOR UPDATE`
  static @Nullable CheckpointRow find(Connection connection, CheckpointKey key, String locking)
      throws SQLException {
    String sql = CheckpointRow.SELECT + CheckpointRow.OF_KEY + locking;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bindKey(statement, 1, key);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? CheckpointRow.read(rows) : null;
      }
    }
  }

  static void bindKey(PreparedStatement statement, int first, CheckpointKey key)
      throws SQLException {
    statement.setString(first, key.group());
    statement.setString(first + 1, key.topic());
    statement.setInt(first + 2, key.shard());
  }
}
