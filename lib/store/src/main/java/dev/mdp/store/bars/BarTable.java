package dev.mdp.store.bars;

import dev.mdp.core.checkpoint.PendingRepair;
import dev.mdp.core.event.Bar;
import dev.mdp.core.store.WriteResult;
import dev.mdp.store.database.SqlErrors;
import dev.mdp.store.rows.KeyedWrite;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import dev.mdp.store.rows.RowsMoved;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes bars so that only what differs touches the table: one look at the rows that may be there,
/// then COPY or INSERT of the new ones and one UPDATE of the changed ones. Stateless; runs inside
/// the caller's transaction, on a session with [RowTable#PLANNER_SETTINGS].
public final class BarTable {
  /// More bars go in several rounds, so that memory stays bounded.
  private static final int CHUNK = 50_000;

  private static final int KEY_SIZE = 4;

  private static final RowTable<Row> TABLE =
      new RowTable<>(
          "bars_ohlcv",
          List.of(
              new RowColumn.Text<>("provider", row -> row.bar.provider()),
              new RowColumn.Text<>("symbol", row -> row.bar.symbol().value()),
              new RowColumn.Text<>("interval", row -> row.bar.interval().toString()),
              new RowColumn.Time<>("ts", row -> row.bar.startMicros()),
              new RowColumn.Real<>("open", row -> row.bar.open()),
              new RowColumn.Real<>("high", row -> row.bar.high()),
              new RowColumn.Real<>("low", row -> row.bar.low()),
              new RowColumn.Real<>("close", row -> row.bar.close()),
              new RowColumn.Real<>("volume", row -> row.bar.volume()),
              new RowColumn.Real<>("vwap", row -> row.bar.vwap()),
              new RowColumn.Whole<>("trade_count", Row::tradeCount),
              new RowColumn.Text<>("lane", row -> row.bar.lane()),
              new RowColumn.Whole<>("run_id", row -> row.why.run()),
              new RowColumn.Text<>("cause", row -> row.cause)),
          KEY_SIZE);

  private static final RowColumn<Row> SEEN_REVISION = new RowColumn.Whole<>("seen", Row::revision);

  private static final KeyedWrite<Row> UPDATE =
      KeyedWrite.update(
          new RowTable<>(TABLE.name(), withRevision(), KEY_SIZE),
          row -> row.bar.interval().micros(),
          TABLE.assignments() + ", revision = b.revision + 1",
          "b.revision = i.seen");

  private record Row(Bar bar, Why why, int revision, String cause) {
    static Row fresh(Bar bar, Why why) {
      return new Row(bar, why, 0, BarCause.ofFirst(bar, why.filled()));
    }

    static Row changed(Bar bar, Why why, int revision) {
      return new Row(bar, why, revision, BarCause.ofChange(bar, why.filled()));
    }

    long tradeCount() {
      return bar.isExternal() ? Long.MIN_VALUE : bar.tradeCount();
    }
  }

  /// @param filled the windows that a refill had trades for
  private record Why(long runId, Set<PendingRepair> filled) {
    /// NULL without a job run.
    long run() {
      return runId == 0 ? Long.MIN_VALUE : runId;
    }
  }

  private static List<RowColumn<Row>> withRevision() {
    List<RowColumn<Row>> columns = new ArrayList<>(TABLE.columns());
    columns.add(SEEN_REVISION);
    return columns;
  }

  /// Writes the bars; of several with the same key one is kept, as [Collapsed] says. Throws
  /// [RowsMoved] when another writer interferes: the caller rolls back and begins again.
  ///
  /// @param filled the windows of these bars that were computed again for a refill
  /// @param newest what the session has written; tells which bars need no look
  public BarWrite write(
      Connection connection,
      List<Bar> bars,
      long runId,
      Collection<PendingRepair> filled,
      NewestBars newest)
      throws SQLException {
    Why why = new Why(runId, Set.copyOf(filled));
    Collapsed collapsed = Collapsed.of(bars);
    List<Bar> distinct = collapsed.bars();
    WriteResult refused = new WriteResult(0, 0, 0, collapsed.refused());
    BarWrite total = new BarWrite(refused, collapsed.conflicting(), BarWrite.NONE.method());
    for (int from = 0; from < distinct.size(); from += CHUNK) {
      List<Bar> chunk = distinct.subList(from, Math.min(from + CHUNK, distinct.size()));
      total = sum(total, writeChunk(connection, chunk, why, newest));
    }
    return total;
  }

  private static BarWrite writeChunk(
      Connection connection, List<Bar> bars, Why why, NewestBars newest) throws SQLException {
    Sorted sorted = new Sorted();
    List<Bar> perhaps = new ArrayList<>();
    for (Bar bar : bars) {
      if (newest.mayBeThere(bar)) {
        perhaps.add(bar);
      } else {
        sorted.fresh.add(Row.fresh(bar, why));
      }
    }
    if (!perhaps.isEmpty()) {
      @Nullable StoredBar[] stored = StoredBarLookup.look(connection, perhaps);
      for (int i = 0; i < stored.length; i++) {
        sorted.add(perhaps.get(i), why, stored[i]);
        if (stored[i] != null) {
          newest.found(perhaps.get(i));
        }
      }
      sorted.inKeyOrder();
    }
    insert(connection, sorted.fresh);
    update(connection, sorted.changed);
    return sorted.outcome();
  }

  private static void insert(Connection connection, List<Row> rows) throws SQLException {
    try {
      TABLE.insert(connection, rows);
    } catch (SQLException e) {
      if (SqlErrors.state(e).equals(SqlErrors.UNIQUE_VIOLATION)) {
        throw new RowsMoved(e);
      }
      throw e;
    }
  }

  private static void update(Connection connection, List<Row> rows) throws SQLException {
    if (UPDATE.run(connection, rows) < rows.size()) {
      throw new RowsMoved();
    }
  }

  private static BarWrite sum(BarWrite left, BarWrite right) {
    List<Bar> conflicting = new ArrayList<>(left.conflicting());
    int room = BarWrite.MAX_CONFLICTING - conflicting.size();
    conflicting.addAll(right.conflicting().subList(0, Math.min(room, right.conflicting().size())));
    String method = left.method().equals("COPY") ? left.method() : right.method();
    return new BarWrite(left.result().plus(right.result()), conflicting, method);
  }

  /// A batch sorted by what is to be done.
  private static final class Sorted {
    final List<Row> fresh = new ArrayList<>();
    final List<Row> changed = new ArrayList<>();
    final List<Bar> conflicting = new ArrayList<>();
    long unchanged;
    long refused;

    void add(Bar bar, Why why, @Nullable StoredBar stored) {
      if (stored == null) {
        fresh.add(Row.fresh(bar, why));
        return;
      }
      switch (BarRules.decide(bar, stored)) {
        case UNCHANGED -> unchanged++;
        case UPDATE -> changed.add(Row.changed(bar, why, stored.revision()));
        case REFUSE -> refused++;
      }
      if (conflicting.size() < BarWrite.MAX_CONFLICTING && BarRules.conflicts(bar, stored)) {
        conflicting.add(bar);
      }
    }

    /// Those that were looked for and those that were not, together.
    void inKeyOrder() {
      fresh.sort(Comparator.comparing(Row::bar, Collapsed.KEY_ORDER));
    }

    BarWrite outcome() {
      WriteResult result = new WriteResult(fresh.size(), changed.size(), unchanged, refused);
      return new BarWrite(result, conflicting, BarWrite.method(fresh.size()));
    }
  }
}
