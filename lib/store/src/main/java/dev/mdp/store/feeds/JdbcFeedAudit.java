package dev.mdp.store.feeds;

import dev.mdp.core.feed.FeedAudit;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/// Feeds against their ticks in PostgreSQL. Writes nothing, so a replica and a user who may only
/// read serve as well. Thread-safe.
public final class JdbcFeedAudit implements FeedAudit {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /// Room to sort the ids of a series, a plan for each series.
  private static final Map<String, String> SESSION =
      Map.of(
          "idle_in_transaction_session_timeout", "0",
          "work_mem", "64MB",
          "plan_cache_mode", "force_custom_plan",
          "jit", "off");

  private final Database database;

  public JdbcFeedAudit(Database database) {
    this.database = database;
  }

  @Override
  public Look begin(Scope scope, Duration pendingOk, Duration wait) {
    database.query("check the schema", connection -> true);
    Snapshot snapshot = database.snapshot("verify", SESSION);
    boolean begun = false;
    try {
      Look look =
          new JdbcFeedLook(database, snapshot, arrivals(snapshot, scope, pendingOk, wait), scope);
      begun = true;
      return look;
    } catch (SQLException e) {
      throw database.errors().translate("verify feeds", e);
    } finally {
      if (!begun) {
        snapshot.close();
      }
    }
  }

  /// Those of a snapshot in which all that is noted is stored; after the time those of the last
  /// one. That is the snapshot from then on.
  private static FeedArrivals arrivals(
      Snapshot snapshot, Scope scope, Duration pendingOk, Duration wait) throws SQLException {
    long deadline = System.nanoTime() + wait.toNanos();
    FeedArrivals arrivals = FeedArrivals.read(snapshot.connection(), pendingOk);
    while (!arrivals.isAllStored(scope.provider()) && System.nanoTime() < deadline) {
      snapshot.renew();
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        deadline = System.nanoTime();
      }
      arrivals = FeedArrivals.read(snapshot.connection(), pendingOk);
    }
    return arrivals;
  }
}
