package dev.mdp.store.signals;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.EvaluationState;
import java.sql.Connection;
import java.sql.SQLException;

/// `inference_state` and `signal_outbox` of one shard. Stateless; runs inside the caller's
/// transaction.
public final class EvaluationTables {
  private EvaluationTables() {}

  /// All that evaluations leave besides the signals.
  public static void write(Connection connection, CheckpointKey key, Evaluated evaluated)
      throws SQLException {
    InferenceStateTable.forget(connection, key, evaluated.forgotten());
    InferenceStateTable.put(connection, key, evaluated.states());
    if (evaluated.publishedThrough() > 0) {
      SignalOutboxTable.remove(connection, key, evaluated.publishedThrough());
    }
    if (!evaluated.outbox().isEmpty()) {
      SignalOutboxTable.keep(connection, key, evaluated.outboxNumber(), evaluated.outbox());
    }
  }

  public static EvaluationState read(Connection connection, CheckpointKey key) throws SQLException {
    return new EvaluationState(
        InferenceStateTable.read(connection, key), SignalOutboxTable.read(connection, key));
  }

  /// Forgets everything of the shard.
  public static void clear(Connection connection, CheckpointKey key) throws SQLException {
    ShardRows.delete(connection, InferenceStateTable.NAME, key);
    ShardRows.delete(connection, SignalOutboxTable.NAME, key);
  }
}
