package dev.mdp.store.checkpoints;

import dev.mdp.core.checkpoint.CheckpointAdmin;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.CheckpointStatus;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.FencedException;
import dev.mdp.store.database.Database;
import dev.mdp.store.signals.EvaluationTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What is done to checkpoint rows over the pool: renewal, release, what tools do.
final class CheckpointTable implements CheckpointAdmin {
  /// A database that was restored may have the owner and the epoch, but not the last commit.
  private static final String RENEW =
      "UPDATE stream_checkpoints SET lease_until = clock_timestamp() + make_interval(secs => ?)"
          + CheckpointRow.OF_KEY
          + " AND epoch = ? AND owner = ? AND commit_seq = ? RETURNING lease_until";

  private static final String RELEASE =
      "UPDATE stream_checkpoints SET lease_until = NULL, owner = NULL, backend = NULL"
          + CheckpointRow.OF_KEY
          + " AND epoch = ? AND owner = ?";

  private static final String RESET =
      "UPDATE stream_checkpoints SET epoch = epoch + 1, commit_seq = 0, committed = false, owner ="
          + " NULL, backend = NULL, lease_until = NULL, position = '0-0', resume_position = '0-0',"
          + " anchor = NULL, gap_until = '0-0', lanes = '[]', ledger = '{}', intervals = '{}',"
          + " settings = '{}'"
          + CheckpointRow.OF_KEY;

  private static final String DROP = "DELETE FROM stream_checkpoints" + CheckpointRow.OF_KEY;

  private static final String IS_REGISTERED =
      "SELECT EXISTS (SELECT FROM stream_checkpoints WHERE consumer_group = ? AND topic = ?)";

  private final Database database;

  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  CheckpointTable(Database database) {
    this.database = database;
  }

  Lease renew(Lease lease, Duration length) {
    return database.query(
        "renew the lease of " + lease.key(),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setDouble(1, length.toMillis() / 1_000.0);
            Claim.bindKey(statement, 2, lease.key());
            statement.setLong(5, lease.epoch());
            statement.setString(6, lease.owner());
            statement.setLong(7, lease.commitSeq());
            try (ResultSet rows = statement.executeQuery()) {
              if (!rows.next()) {
                throw new FencedException(
                    lease.key()
                        + ": the lease of epoch "
                        + lease.epoch()
                        + " was lost, or the database went back behind commit "
                        + lease.commitSeq());
              }
              return new Lease(
                  lease.key(),
                  lease.owner(),
                  lease.epoch(),
                  lease.commitSeq(),
                  Objects.requireNonNull(CheckpointRow.instant(rows, "lease_until")));
            }
          }
        });
  }

  void release(Lease lease) {
    database.query(
        "release " + lease.key(),
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            Claim.bindKey(statement, 1, lease.key());
            statement.setLong(4, lease.epoch());
            statement.setString(5, lease.owner());
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public List<CheckpointStatus> list(String topic) {
    return list(
        " WHERE ? = '' OR topic = ?",
        statement -> {
          statement.setString(1, topic);
          statement.setString(2, topic);
        });
  }

  @Override
  public List<CheckpointStatus> listShard(String topic, int shard) {
    return list(
        " WHERE topic = ? AND shard = ?",
        statement -> {
          statement.setString(1, topic);
          statement.setInt(2, shard);
        });
  }

  @Override
  public boolean isRegistered(String group, String topic) {
    return database.query(
        "look for the group " + group,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(IS_REGISTERED)) {
            statement.setString(1, group);
            statement.setString(2, topic);
            try (ResultSet rows = statement.executeQuery()) {
              rows.next();
              return rows.getBoolean(1);
            }
          }
        });
  }

  private List<CheckpointStatus> list(String where, Binding binding) {
    String sql = CheckpointRow.SELECT + where + " ORDER BY consumer_group, topic, shard";
    return database.query(
        "list checkpoints",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            List<CheckpointStatus> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                found.add(CheckpointRow.read(rows).status());
              }
            }
            return found;
          }
        });
  }

  @Override
  public boolean reset(CheckpointKey key) {
    return whileFree("reset", key, RESET);
  }

  @Override
  public boolean drop(CheckpointKey key) {
    return whileFree("drop", key, DROP);
  }

  /// Also ends the session of an owner whose lease ran out: it must not commit to a successor row.
  private boolean whileFree(String what, CheckpointKey key, String sql) {
    return database.transaction(
        what + " the checkpoint of " + key,
        connection -> {
          CheckpointRow row = Claim.find(connection, key, " FOR UPDATE");
          if (row == null) {
            return false;
          }
          if (row.status().leased()) {
            throw new ConflictException(
                "cannot %s the checkpoint of %s: '%s' holds its lease until %s; stop it first"
                    .formatted(what, key, row.status().owner(), row.status().leaseUntil()));
          }
          Sessions.end(connection, key, row.backend());
          EvaluationTables.clear(connection, key);
          PendingRepairTable.clear(connection, key);
          return execute(connection, sql, key);
        });
  }

  private static boolean execute(Connection connection, String sql, CheckpointKey key)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Claim.bindKey(statement, 1, key);
      return statement.executeUpdate() == 1;
    }
  }
}
