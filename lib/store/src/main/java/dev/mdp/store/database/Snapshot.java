package dev.mdp.store.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection outside the pool whose transactions only read, each from one snapshot. One thread.
public final class Snapshot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

  private final Connection connection;
  private final @Nullable TransactionSettings perTransaction;

  private Snapshot(Connection connection, @Nullable TransactionSettings perTransaction) {
    this.connection = connection;
    this.perTransaction = perTransaction;
  }

  /// @param perTransaction what each transaction begins with; null where the session has it
  static Snapshot open(Connection connection, @Nullable TransactionSettings perTransaction)
      throws SQLException {
    if (perTransaction == null) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }
    connection.setAutoCommit(false);
    if (perTransaction != null) {
      perTransaction.beginSnapshot(connection);
    }
    return new Snapshot(connection, perTransaction);
  }

  /// In a transaction.
  public Connection connection() {
    return connection;
  }

  /// Ends the transaction; what is read next is of a new snapshot.
  public void renew() throws SQLException {
    connection.rollback();
    if (perTransaction != null) {
      perTransaction.beginSnapshot(connection);
    }
  }

  /// A pooler would end a session that is left in a transaction.
  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("the session is over", e);
    }
  }
}
