package dev.mdp.bench.nemesis;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Sessions that lock what the workers need and do nothing. Thread-safe.
final class LockHog {
  private static final List<String> LOCKS =
      List.of(
          "LOCK TABLE bars_ohlcv",
          "LOCK TABLE tick_data",
          "LOCK TABLE job_runs IN EXCLUSIVE MODE",
          "SELECT 1 FROM stream_checkpoints FOR UPDATE",
          "SELECT 1 FROM feed_positions FOR UPDATE",
          "SELECT 1 FROM bars_ohlcv WHERE ts > now() - interval '20 seconds' FOR UPDATE");

  private final TestBed testBed;
  private final Set<Connection> held = ConcurrentHashMap.newKeySet();

  LockHog(TestBed testBed) {
    this.testBed = testBed;
  }

  /// Locks something for this long; returns what, in words.
  String hold(Random random, ScheduledExecutorService timer, long millis) throws SQLException {
    String sql = LOCKS.get(random.nextInt(LOCKS.size()));
    Connection connection = testBed.connect();
    held.add(connection);
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET LOCAL lock_timeout = 3000");
      statement.execute(sql);
    } catch (SQLException e) {
      end(connection);
      return sql + ": not got";
    }
    timer.schedule(() -> end(connection), millis, TimeUnit.MILLISECONDS);
    return sql + " for " + millis + " ms";
  }

  void end() {
    Set.copyOf(held).forEach(this::end);
  }

  private void end(Connection connection) {
    held.remove(connection);
    try {
      connection.close();
    } catch (SQLException _) {
      // its server has gone
    }
  }
}
