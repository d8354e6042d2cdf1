package dev.mdp.store.ticks;

import dev.mdp.core.event.Tick;
import dev.mdp.core.store.TickStore.TickWrites;
import dev.mdp.store.rows.KeyedWrite;
import dev.mdp.store.rows.RowColumn;
import dev.mdp.store.rows.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes ticks so that only new ones and smaller payloads touch the table. Stateless; runs inside
/// the caller's transaction, on a session with [RowTable#PLANNER_SETTINGS].
final class TickTable {
  private static final int KEY_SIZE = 4;

  private static final Comparator<Tick> KEY_ORDER =
      Comparator.comparing(Tick::provider)
          .thenComparing(Tick::symbol)
          .thenComparingLong(Tick::srcMicros)
          .thenComparingLong(Tick::seq);

  private static final RowTable<Tick> TABLE =
      new RowTable<>(
          "tick_data",
          List.of(
              new RowColumn.Text<>("provider", Tick::provider),
              new RowColumn.Text<>("symbol", tick -> tick.symbol().value()),
              new RowColumn.Time<>("ts", Tick::srcMicros),
              new RowColumn.Whole<>("seq", Tick::seq),
              new RowColumn.Real<>("price", Tick::price),
              new RowColumn.Real<>("size", Tick::size),
              new RowColumn.Real<>("bid", Tick::bid),
              new RowColumn.Real<>("ask", Tick::ask)),
          KEY_SIZE);

  /// Ticks of a symbol are taken to be this far apart.
  private static final long STEP_MICROS = 1_000_000;

  private static final KeyedWrite<Tick> UPDATE =
      KeyedWrite.update(
          TABLE, _ -> STEP_MICROS, TABLE.assignments(), payload("i") + " < " + payload("b"));

  /// In the order of [Tick#comparePayload]: an absent number after every present one.
  private static String payload(String row) {
    return "(%1$s.price, coalesce(%1$s.size, 'NaN'), coalesce(%1$s.bid, 'NaN'), coalesce(%1$s.ask, 'NaN'))"
        .formatted(row);
  }

  /// Returns what became of the ticks of each provider.
  SortedMap<String, TickWrites> write(Connection connection, List<Tick> ticks) throws SQLException {
    Outcome outcome = new Outcome();
    List<Tick> distinct = outcome.distinct(ticks);
    @Nullable Tick[] stored = StoredTickLookup.look(connection, distinct);
    for (int i = 0; i < stored.length; i++) {
      outcome.add(distinct.get(i), stored[i]);
    }
    TABLE.insert(connection, outcome.fresh);
    UPDATE.run(connection, outcome.smaller);
    return outcome.writes;
  }

  /// A batch sorted by what is to be done, and the counts.
  private static final class Outcome {
    final List<Tick> fresh = new ArrayList<>();
    final List<Tick> smaller = new ArrayList<>();
    final SortedMap<String, TickWrites> writes = new TreeMap<>();

    /// In key order, each identity once with its smallest payload.
    List<Tick> distinct(List<Tick> ticks) {
      List<Tick> sorted = new ArrayList<>(ticks);
      sorted.sort(KEY_ORDER.thenComparing(Tick::comparePayload));
      List<Tick> distinct = new ArrayList<>(sorted.size());
      for (Tick tick : sorted) {
        if (!distinct.isEmpty() && KEY_ORDER.compare(distinct.getLast(), tick) == 0) {
          countRepeated(tick, distinct.getLast());
        } else {
          distinct.add(tick);
        }
      }
      return distinct;
    }

    void add(Tick tick, @Nullable Tick stored) {
      if (stored == null) {
        fresh.add(tick);
        count(tick.provider(), 1, 0, 0);
      } else {
        countRepeated(tick, stored);
        if (Tick.comparePayload(tick, stored) < 0) {
          smaller.add(tick);
        }
      }
    }

    private void countRepeated(Tick tick, Tick other) {
      boolean same = Tick.comparePayload(tick, other) == 0;
      count(tick.provider(), 0, same ? 1 : 0, same ? 0 : 1);
    }

    private void count(String provider, long inserted, long unchanged, long conflicts) {
      writes.merge(
          provider,
          new TickWrites(inserted, unchanged, conflicts),
          (left, right) ->
              new TickWrites(
                  left.inserted() + right.inserted(),
                  left.unchanged() + right.unchanged(),
                  left.conflicts() + right.conflicts()));
    }
  }
}
