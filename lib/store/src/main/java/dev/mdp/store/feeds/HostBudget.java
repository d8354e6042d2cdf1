package dev.mdp.store.feeds;

import dev.mdp.store.database.Database;
import dev.mdp.store.rows.KeptOut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// A row of `rate_budgets`, and what this process has left of its last grant. Thread-safe: one asks
/// the database, the others of this process wait for its answer.
final class HostBudget {
  /// How often others may be faster between two looks at the row.
  private static final int ATTEMPTS = 10;

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

  private static final String TAKE =
      """
      INSERT INTO rate_budgets AS b (host, egress, free_at)
      VALUES (?, ?, clock_timestamp() + make_interval(secs => ?))
      ON CONFLICT (host, egress) DO UPDATE
         SET free_at = greatest(b.free_at, clock_timestamp()) + make_interval(secs => ?)
       WHERE clock_timestamp() >= greatest(b.free_at + make_interval(secs => ?), b.closed_until)
      """;

  private static final String WAIT =
      """
      SELECT extract(epoch FROM greatest(free_at + make_interval(secs => ?), closed_until) - clock_timestamp())::float8
        FROM rate_budgets WHERE host = ? AND egress = ?
      """;

  private static final String CLOSE =
      """
      INSERT INTO rate_budgets AS b (host, egress, closed_until)
      VALUES (?, ?, clock_timestamp() + make_interval(secs => ?))
      ON CONFLICT (host, egress) DO UPDATE SET closed_until = greatest(b.closed_until, excluded.closed_until)
      """;

  private final Database database;
  private final String host;
  private final String egress;
  private final RequestPace pace;
  private final LongSupplier nanoTime;
  private int left;
  private long leftUntil;

  /// @param nanoTime of this process, monotonic
  HostBudget(
      Database database, String host, String egress, RequestPace pace, LongSupplier nanoTime) {
    this.database = database;
    this.host = host;
    this.egress = egress;
    this.pace = pace;
    this.nanoTime = nanoTime;
  }

  /// For what is live: it does not wait for what refills were granted.
  synchronized Duration takeLive(int weight) {
    pace.requireAllowed(weight);
    return isLeft(weight)
        ? Duration.ZERO
        : take(weight, pace.leadSeconds(weight) - pace.headStartSeconds());
  }

  /// For a refill: it waits until all that was granted before is paid for.
  synchronized Duration takeRefill(int weight) {
    int grant = pace.grant(weight);
    if (isLeft(weight)) {
      return Duration.ZERO;
    }
    long now = nanoTime.getAsLong();
    Duration wait = take(grant, pace.leadSeconds(grant));
    if (wait.isZero()) {
      left = grant - weight;
      leftUntil = now + RequestPace.LIFE.toNanos(); // it was granted after this look at the clock
    }
    return wait;
  }

  /// Whether this process's last grant had so much left; then it is taken.
  private boolean isLeft(int weight) {
    if (weight > left || nanoTime.getAsLong() - leftUntil >= 0) {
      return false;
    }
    left -= weight;
    return true;
  }

  private Duration take(int grant, double leadSeconds) {
    return database.query(
        "take of the budget of " + host, connection -> ask(connection, grant, leadSeconds));
  }

  synchronized void close(Duration until) {
    left = 0;
    database.query(
        "note that " + host + " refuses requests",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CLOSE)) {
            statement.setString(1, host);
            statement.setString(2, egress);
            statement.setDouble(3, PositionTable.seconds(until));
            KeptOut.require("rate_budgets", 1, statement.executeUpdate());
            return true;
          }
        });
  }

  private Duration ask(Connection connection, int grant, double leadSeconds) throws SQLException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (isGranted(connection, grant, leadSeconds)) {
        return Duration.ZERO;
      }
      Duration wait = untilFree(connection, leadSeconds);
      if (wait.isPositive()) {
        return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
      }
    }
    throw KeptOut.of("rate_budgets", 1, 0);
  }

  private boolean isGranted(Connection connection, int grant, double leadSeconds)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setString(1, host);
      statement.setString(2, egress);
      statement.setDouble(3, pace.costSeconds(grant));
      statement.setDouble(4, pace.costSeconds(grant));
      statement.setDouble(5, leadSeconds);
      return statement.executeUpdate() == 1;
    }
  }

  private Duration untilFree(Connection connection, double leadSeconds) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WAIT)) {
      statement.setDouble(1, leadSeconds);
      statement.setString(2, host);
      statement.setString(3, egress);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Duration.ofNanos((long) (row.getDouble(1) * 1_000_000_000L))
            : Duration.ZERO;
      }
    }
  }
}
