package dev.mdp.bench;

import dev.mdp.bench.venue.LiveVenue;
import dev.mdp.testkit.venue.FakeVenue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// A process that reads a venue's double, as its parent sees it. One thread.
final class FeedChild implements AutoCloseable {
  private static final long PATIENCE_NANOS = 600_000_000_000L;
  private static final String LIVE =
      "SELECT count(DISTINCT symbol) FROM feed_states WHERE state = 'live'";

  private final Child child;
  private final Connection database;

  private FeedChild(Child child, Connection database) {
    this.child = child;
    this.database = database;
  }

  /// Starts it and waits until the venue has confirmed every symbol. The tables of feeds are empty
  /// before.
  static FeedChild start(
      Rig rig, String topic, FakeVenue venue, List<String> symbols, List<String> jvmOptions)
      throws SQLException {
    return start(
        rig, topic, venue.wsUri().toString(), venue.restUri().toString(), symbols, jvmOptions);
  }

  static FeedChild start(Rig rig, String topic, LiveVenue venue, List<String> jvmOptions)
      throws SQLException {
    return start(
        rig,
        topic,
        venue.reached(venue.venue().wsUri()),
        venue.reached(venue.venue().restUri()),
        venue.symbols(),
        jvmOptions);
  }

  private static FeedChild start(
      Rig rig,
      String topic,
      String socket,
      String rest,
      List<String> symbols,
      List<String> jvmOptions)
      throws SQLException {
    rig.reset();
    rig.execute(
        "TRUNCATE feed_positions, feed_cursors, feed_series, feed_gaps, feed_states, rate_budgets");
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("redis", rig.redisUri());
    arguments.put("database", rig.databaseUrl());
    arguments.put("topic", topic);
    arguments.put("socket", socket);
    arguments.put("rest", rest);
    arguments.put("symbols", String.join(",", symbols));
    FeedChild started =
        new FeedChild(Child.start(FeedMain.class, jvmOptions, arguments), rig.connection());
    started.await(() -> started.count() == symbols.size(), "the venue confirms all symbols");
    return started;
  }

  private long count() {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(LIVE)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What it has counted; latencies are counted from scratch after it.
  Map<String, String> counts() {
    child.say("counts");
    return child.result();
  }

  /// Asks until it is so, every few milliseconds; returns what it said then.
  Map<String, String> await(Predicate<Map<String, String>> wanted, String what, long everyMillis) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      Map<String, String> counts = counts();
      if (wanted.test(counts)) {
        return counts;
      }
      LockSupport.parkNanos(everyMillis * 1_000_000);
    }
    throw new IllegalStateException("it does not come to this: " + what);
  }

  private void await(java.util.function.BooleanSupplier wanted, String what) {
    await(_ -> wanted.getAsBoolean(), what, 100);
  }

  /// Waits this long.
  static void rest(double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
