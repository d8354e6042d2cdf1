package dev.mdp.store.verify;

import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.audit.BarVerdict;
import dev.mdp.core.audit.TwiceAudit.Moved;
import dev.mdp.core.audit.TwiceTrade;
import dev.mdp.core.error.ConflictException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Symbol;
import dev.mdp.store.bars.BarCause;
import dev.mdp.store.database.Database;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Moves the copies that are too many and writes the bars of both times again, from the ticks that
/// are left; in one transaction whose last statement is the fence. One use.
final class TwiceRepair {
  private static final int ATTEMPTS = 5;

  private static final Comparator<BarWindow> KEY_ORDER =
      Comparator.comparing(BarWindow::provider)
          .thenComparing(BarWindow::symbol)
          .thenComparing(window -> window.interval().toString())
          .thenComparingLong(BarWindow::startMicros);

  private final Database database;
  private final long runId;

  private record Series(String provider, Symbol symbol) {}

  /// Another writer changed a bar after it was read here.
  private static final class BarsChanged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BarsChanged() {
      super("a bar changed", null, false, false);
    }
  }

  TwiceRepair(Database database, long runId) {
    this.database = database;
    this.runId = runId;
  }

  Moved run(List<TwiceTrade> trades) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return database.transaction(
            "move trades that are stored twice", connection -> once(connection, trades));
      } catch (RepairFence.Reopened | BarsChanged _) {
        // look again
      }
    }
    throw new ConflictException(
        "move trades that are stored twice: other writers keep changing the same bars; run it again"
            + " when they have ended");
  }

  private Moved once(Connection connection, List<TwiceTrade> trades) throws SQLException {
    Horizon seen = JdbcBarAudit.horizon(connection);
    Map<Series, Set<Interval>> intervals = new HashMap<>();
    List<TwiceTrade> ready = new ArrayList<>();
    for (TwiceTrade trade : trades) {
      Series series = new Series(trade.provider(), trade.symbol());
      if (!intervals.containsKey(series)) {
        Set<Interval> all = BarIntervals.stored(connection, trade.provider(), trade.symbol());
        all.addAll(seen.intervals(trade.provider()));
        intervals.put(series, all);
      }
      if (windows(trade, intervals).stream().noneMatch(window -> window.isUndecided(seen))) {
        ready.add(trade);
      }
    }
    List<TwiceTrade> moved = ready.isEmpty() ? ready : MovedTicks.move(connection, ready, runId);
    SortedMap<BarWindow, Integer> lost = new TreeMap<>(KEY_ORDER);
    for (TwiceTrade trade : moved) {
      for (BarWindow window : windows(trade, intervals)) {
        boolean holds = window.interval().start(trade.other().micros()) == window.startMicros();
        lost.merge(window, holds ? 1 : 0, Integer::sum);
      }
    }
    long bars = rewrite(connection, lost);
    RepairFence.pass(connection, seen, List.copyOf(lost.keySet()));
    return new Moved(moved.size(), bars, trades.size() - ready.size());
  }

  private static Set<BarWindow> windows(TwiceTrade trade, Map<Series, Set<Interval>> intervals) {
    Set<BarWindow> windows = new TreeSet<>(KEY_ORDER);
    for (Interval each :
        intervals.getOrDefault(new Series(trade.provider(), trade.symbol()), Set.of())) {
      for (long time : new long[] {trade.kept().micros(), trade.other().micros()}) {
        windows.add(new BarWindow(trade.provider(), trade.symbol(), each, each.start(time)));
      }
    }
    return windows;
  }

  /// @param lost the windows of the trades, and how many ticks each has lost
  private long rewrite(Connection connection, SortedMap<BarWindow, Integer> lost)
      throws SQLException {
    List<BarFinding> changed = new ArrayList<>();
    List<BarFinding> gone = new ArrayList<>();
    for (Map.Entry<BarWindow, Integer> each : lost.entrySet()) {
      Comparison.run(connection, slice(each.getKey()), new Changes(each.getValue(), changed, gone));
    }
    try (Statement statement = connection.createStatement()) {
      for (var setting : RowTable.PLANNER_SETTINGS.entrySet()) {
        statement.execute("SET LOCAL " + setting.getKey() + " = " + setting.getValue());
      }
    }
    long done =
        RepairTable.update(connection, changed, runId, BarCause.CORRECTION)
            + RepairTable.delete(connection, gone);
    if (done < changed.size() + gone.size()) {
      throw new BarsChanged();
    }
    return done;
  }

  private static Comparison.TimeSlice slice(BarWindow window) {
    return new Comparison.TimeSlice(
        window.provider(),
        List.of(window.symbol().value()),
        window.interval(),
        window.startMicros(),
        window.interval().end(window.startMicros()),
        WindowRule.ALL);
  }

  /// Takes the bar of one window. One that counts more ticks than were stored with the copies, for
  /// example because older ones were pruned, cannot be told from what is left: it stays, and its
  /// own verdict is about it. A bar that is missing is not made here.
  ///
  /// @param lost how many ticks were moved out of the window
  private record Changes(int lost, List<BarFinding> changed, List<BarFinding> gone)
      implements Comparison.Answer {
    @Override
    public void total(String verdict, long windows, long ticks) {}

    @Override
    public void different(
        @Nullable Bar stored, int revision, @Nullable Bar recomputed, long newestStored) {
      long left = recomputed == null ? 0 : recomputed.tradeCount();
      if (stored == null || stored.tradeCount() > left + lost) {
        return;
      }
      (recomputed == null ? gone : changed)
          .add(new BarFinding(BarVerdict.WRONG, stored, revision, recomputed));
    }
  }
}
