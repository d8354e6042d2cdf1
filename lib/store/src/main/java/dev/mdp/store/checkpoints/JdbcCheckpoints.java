package dev.mdp.store.checkpoints;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.Commits;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.EvaluationState;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.Leases;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.WriteResult;
import dev.mdp.store.bars.BarWrite;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.RowTable;
import dev.mdp.store.runs.OwnRuns;
import dev.mdp.store.signals.EvaluationTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// `stream_checkpoints` in PostgreSQL: leases by the database's clock, one session per lease.
/// Thread-safe; the commits of one lease are the business of one thread.
public final class JdbcCheckpoints implements Leases, Commits, AutoCloseable {
  private final Database database;
  private final StoreMetrics metrics;
  private final OwnRuns runs;
  private final CheckpointTable table;
  private final MarkTable marks;
  private final Map<CheckpointKey, LeaseSession> sessions = new ConcurrentHashMap<>();

  public JdbcCheckpoints(Database database, StoreMetrics metrics) {
    this(database, metrics, new OwnRuns(database));
  }

  /// @param runs the job runs of this process
  public JdbcCheckpoints(Database database, StoreMetrics metrics, OwnRuns runs) {
    this.database = database;
    this.metrics = metrics;
    this.runs = runs;
    this.table = new CheckpointTable(database);
    this.marks = new MarkTable(database);
  }

  /// The same and, over the pool, what stateless groups and tools do.
  public Checkpoints checkpoints() {
    return new Checkpoints(this, this, marks, table);
  }

  @Override
  public ClaimResult claim(ClaimRequest request) {
    CheckpointKey key = request.key();
    database.requireKept("the owner of a shard");
    forget(key);
    String what = "claim " + key;
    CheckpointRow row = database.query(what, connection -> Claim.find(connection, key, ""));
    if (row != null && Claim.isHeld(row, request) && row.status().shards() == request.shards()) {
      request.requireNoneDropped(row.intervals());
      return Claim.held(row); // without a session for nothing
    }
    long run = runs.ensured(request.runId());
    Connection connection = open(key, request.lease());
    boolean kept = false;
    try {
      connection.setAutoCommit(false);
      ClaimResult result = new Claim(connection, request, run).run();
      if (result instanceof ClaimResult.Claimed claimed) {
        sessions.put(
            key,
            new LeaseSession(
                connection, claimed.lease().epoch(), request.lease(), request.intervals(), runs));
        kept = true;
      }
      return result;
    } catch (SQLException e) {
      throw database.directErrors().translate(what, e);
    } finally {
      if (!kept) {
        close(connection);
      }
    }
  }

  @Override
  public void requireClaimable(ClaimRequest request) {
    CheckpointKey key = request.key();
    database.requireKept("the owner of a shard");
    CheckpointRow row = database.query("look at " + key, each -> Claim.find(each, key, ""));
    if (row != null) {
      request.requireNoneDropped(row.intervals());
    }
  }

  private Connection open(CheckpointKey key, Duration lease) {
    Duration answerLimit = Duration.ofSeconds(Math.max(30, 2 * lease.toSeconds()));
    return database.open("shard " + key.shard(), sessionSettings(lease), answerLimit);
  }

  /// A session that stands still inside a transaction is ended by the server before the lease is
  /// over.
  static Map<String, String> sessionSettings(Duration lease) {
    Map<String, String> settings = new TreeMap<>(RowTable.PLANNER_SETTINGS);
    String third = Long.toString(Math.max(1, lease.toMillis() / 3));
    settings.put("idle_in_transaction_session_timeout", third);
    settings.put("lock_timeout", Long.toString(Math.max(1, lease.toMillis())));
    return settings;
  }

  @Override
  public CommitResult commit(
      Lease lease, Checkpoint next, FencedWrite write, RunProgress progress) {
    return switch (write) {
      case FencedWrite.Bars bars -> commit(lease, next, bars, progress);
      case Evaluated evaluated -> commit(lease, next, evaluated, progress);
    };
  }

  private CommitResult commit(
      Lease lease, Checkpoint next, FencedWrite.Bars write, RunProgress progress) {
    List<Bar> bars = write.bars();
    long begun = System.nanoTime();
    boolean done = false;
    try {
      LeaseSession.Committed committed =
          inSession(lease, session -> session.commit(lease, next, write, progress));
      done = true;
      if (!bars.isEmpty()) {
        WriteResult wrote = committed.result().bars();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        metrics.storeWrite(
            "bars_ohlcv", took, wrote.inserted(), wrote.updated(), wrote.unchanged());
        count("success", committed.method(), wrote.inserted() + wrote.updated(), begun);
      }
      return committed.result();
    } finally {
      if (!done && !bars.isEmpty()) {
        count("failure", BarWrite.method(bars.size()), bars.size(), begun);
      }
    }
  }

  private CommitResult commit(
      Lease lease, Checkpoint next, Evaluated evaluated, RunProgress progress) {
    long begun = System.nanoTime();
    CommitResult result =
        inSession(lease, session -> session.commit(lease, next, evaluated, progress));
    if (!evaluated.signals().isEmpty()) {
      metrics.storeWrite(
          "signals",
          Duration.ofNanos(System.nanoTime() - begun),
          result.bars().inserted(),
          result.bars().updated(),
          result.bars().unchanged());
    }
    return result;
  }

  @Override
  public EvaluationState evaluationState(CheckpointKey key) {
    return database.query(
        "read the evaluations of " + key, connection -> EvaluationTables.read(connection, key));
  }

  private interface InSession<T> {
    T commit(LeaseSession session) throws SQLException;
  }

  /// After any failure the session is over.
  private <T> T inSession(Lease lease, InSession<T> work) {
    LeaseSession session = session(lease);
    boolean done = false;
    try {
      T result = work.commit(session);
      done = true;
      return result;
    } catch (SQLException e) {
      throw database.directErrors().translate("commit " + lease.key(), e);
    } finally {
      if (!done) {
        forget(lease.key());
      }
    }
  }

  private void count(String status, String method, long bars, long begunNanos) {
    metrics.barsWritten(method, status, bars, Duration.ofNanos(System.nanoTime() - begunNanos));
  }

  @Override
  public Lease renew(Lease lease) {
    return table.renew(lease, session(lease).lease());
  }

  @Override
  public void release(Lease lease) {
    LeaseSession session = sessions.get(lease.key());
    if (session != null && session.epoch() == lease.epoch()) {
      forget(lease.key());
    }
    table.release(lease);
  }

  private LeaseSession session(Lease lease) {
    LeaseSession session = sessions.get(lease.key());
    if (session == null || session.epoch() != lease.epoch()) {
      throw new FencedException(
          lease.key()
              + ": the session of epoch "
              + lease.epoch()
              + " is over; claim the shard again");
    }
    return session;
  }

  private void forget(CheckpointKey key) {
    LeaseSession session = sessions.remove(key);
    if (session != null) {
      close(session);
    }
  }

  /// A session that cannot even be closed is over too.
  private static void close(AutoCloseable session) {
    try {
      session.close();
    } catch (Exception e) {
      org.slf4j.LoggerFactory.getLogger(JdbcCheckpoints.class).debug("closing a session", e);
    }
  }

  /// Closes the sessions; leases that were not released run out by themselves.
  @Override
  public void close() {
    List.copyOf(sessions.keySet()).forEach(this::forget);
  }
}
