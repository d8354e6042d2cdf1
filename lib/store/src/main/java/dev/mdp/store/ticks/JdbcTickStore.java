package dev.mdp.store.ticks;

import dev.mdp.core.error.ConflictException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Tick;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.metrics.StoreMetrics;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.TickStore;
import dev.mdp.store.database.Database;
import dev.mdp.store.database.ServerStart;
import dev.mdp.store.database.SqlErrors;
import dev.mdp.store.rows.RowTable;
import dev.mdp.store.rows.RowsMoved;
import dev.mdp.store.runs.LedgerJson;
import dev.mdp.store.runs.OwnRuns;
import dev.mdp.store.runs.RunProgressSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/// `tick_data` in PostgreSQL. Thread-safe.
public final class JdbcTickStore implements TickStore {
  private static final String PLANNER =
      RowTable.PLANNER_SETTINGS.entrySet().stream()
          .map(setting -> "SET LOCAL " + setting.getKey() + " = " + setting.getValue())
          .collect(Collectors.joining("; "));

  /// From which attempt on the others have to wait.
  private static final int ALONE = 3;

  /// Taken before any row is, so it waits for writers and they for it, but never in a circle.
  private static final String LOCK_OUT = "LOCK TABLE tick_data IN SHARE ROW EXCLUSIVE MODE";

  /// @param symbols those that the run's row did not name before
  private record Written(SortedMap<String, TickWrites> rows, long run, Set<String> symbols) {}

  private final Database database;
  private final StoreMetrics metrics;
  private final OwnRuns runs;
  private final AtomicReference<String> server = new AtomicReference<>("");
  private final TickTable table = new TickTable();

  public JdbcTickStore(Database database, StoreMetrics metrics) {
    this(database, metrics, new OwnRuns(database));
  }

  /// @param runs the job runs of this process
  public JdbcTickStore(Database database, StoreMetrics metrics, OwnRuns runs) {
    this.database = database;
    this.metrics = metrics;
    this.runs = runs;
  }

  @Override
  public Optional<LedgerCounts> ledger(long runId) {
    long id = runs.ensured(runId);
    return Optional.of(
        database.query(
            "read the ledger of job run " + id,
            connection -> LedgerJson.ofShard(connection, id, 0)));
  }

  @Override
  public Map<String, TickWrites> write(
      List<Tick> ticks, Function<Map<String, TickWrites>, List<RunProgress>> progress) {
    ticks.forEach(JdbcTickStore::requireFinite);
    long begun = System.nanoTime();
    SortedMap<String, TickWrites> writes = writeUntilAlone(ticks, progress);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    long inserted = writes.values().stream().mapToLong(TickWrites::inserted).sum();
    long conflicts = writes.values().stream().mapToLong(TickWrites::conflicts).sum();
    long unchanged = writes.values().stream().mapToLong(TickWrites::unchanged).sum();
    metrics.storeWrite("tick_data", took, inserted, conflicts, unchanged);
    return writes;
  }

  /// Begins again when another writer stored one of the rows meanwhile; who was overtaken twice
  /// locks the others out for one transaction, so that every writer gets its turn.
  private SortedMap<String, TickWrites> writeUntilAlone(
      List<Tick> ticks, Function<Map<String, TickWrites>, List<RunProgress>> progress) {
    for (int attempt = 1; ; attempt++) {
      try {
        String settings = attempt < ALONE ? PLANNER : PLANNER + "; " + LOCK_OUT;
        Written written =
            database.transaction(
                "write ticks", connection -> once(connection, settings, ticks, progress));
        runs.symbolsStored(written.run(), written.symbols());
        return written.rows();
      } catch (RowsMoved moved) {
        boolean locked = moved.getCause() instanceof SQLException cause && isLocked(cause);
        if (attempt == RowsMoved.ATTEMPTS || (locked && FrozenCopies.end(database) == 0)) {
          throw new ConflictException(
              locked
                  ? "write ticks: another session keeps the same rows locked; try again"
                  : "write ticks: other writers keep storing the same ticks; try again",
              moved);
        }
      }
    }
  }

  private Written once(
      Connection connection,
      String settings,
      List<Tick> ticks,
      Function<Map<String, TickWrites>, List<RunProgress>> progress)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(settings + "; " + ServerStart.QUERY);
      requireSameServer(ServerStart.last(statement));
    } catch (SQLException e) {
      throw moved(e);
    }
    SortedMap<String, TickWrites> rows = rows(connection, ticks);
    long inserted = rows.values().stream().mapToLong(TickWrites::inserted).sum();
    List<RunProgress> shards = progress.apply(rows);
    long run = shards.stream().mapToLong(RunProgress::runId).min().orElse(0);
    Set<String> symbols = runs.freshSymbols(run, ticks, Tick::symbol);
    RunProgressSql.record(connection, runs, shards, inserted, symbols);
    Failpoint.TICKS_BEFORE_COMMIT.pass();
    return new Written(rows, run, symbols);
  }

  /// A pool takes up with another server without a word; that one may have gone back.
  private void requireSameServer(String now) {
    String before = server.getAndSet(now);
    if (!before.isEmpty() && !before.equals(now)) {
      throw new UnavailableException(
          "the database server was started again or is another one; nothing was written");
    }
  }

  private SortedMap<String, TickWrites> rows(Connection connection, List<Tick> ticks)
      throws SQLException {
    try {
      return table.write(connection, ticks);
    } catch (SQLException e) {
      throw moved(e);
    }
  }

  /// Throws the error itself when it does not tell of another writer.
  private static RowsMoved moved(SQLException e) throws SQLException {
    if (SqlErrors.state(e).equals(SqlErrors.UNIQUE_VIOLATION) || isLocked(e)) {
      return new RowsMoved(e);
    }
    throw e;
  }

  private static boolean isLocked(SQLException error) {
    return SqlErrors.state(error).equals(SqlErrors.LOCK_NOT_AVAILABLE);
  }

  private static void requireFinite(Tick tick) {
    boolean finite =
        Double.isFinite(tick.price())
            && !Double.isInfinite(tick.size())
            && !Double.isInfinite(tick.bid())
            && !Double.isInfinite(tick.ask());
    if (!finite) {
      throw new DataException("tick " + tick.eventId() + ": numbers must be finite, was " + tick);
    }
  }
}
