package dev.mdp.testkit;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.TickStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The table `tick_data` in memory: each identity once, of two payloads the smaller one. Faults
/// come before and after a commit takes effect. One thread.
public final class InMemoryTicks implements TickStore {
  private final Faults faults;
  private final Map<Key, Tick> rows = new HashMap<>();
  private final Map<Long, LedgerCounts> ledgers = new HashMap<>();

  /// The primary key of a tick.
  public record Key(String provider, Symbol symbol, long srcMicros, long seq) {
    public static Key of(Tick tick) {
      return new Key(tick.provider(), tick.symbol(), tick.srcMicros(), tick.seq());
    }
  }

  public InMemoryTicks(Faults faults) {
    this.faults = faults;
  }

  public Map<Key, Tick> rows() {
    return rows;
  }

  /// What the table and the ledgers held at one moment.
  public record Snapshot(Map<Key, Tick> rows, Map<Long, LedgerCounts> ledgers) {}

  public Snapshot snapshot() {
    return new Snapshot(Map.copyOf(rows), Map.copyOf(ledgers));
  }

  /// Goes back, as a server does that was restored from a backup.
  public void restore(Snapshot snapshot) {
    rows.clear();
    rows.putAll(snapshot.rows());
    ledgers.clear();
    ledgers.putAll(snapshot.ledgers());
  }

  /// The last committed ledger of every run, by its id.
  public Map<Long, LedgerCounts> ledgers() {
    return ledgers;
  }

  @Override
  public Optional<LedgerCounts> ledger(long runId) {
    faults.at("tick-ledger");
    return Optional.of(ledgers.getOrDefault(runId, LedgerCounts.NONE));
  }

  @Override
  public Map<String, TickWrites> write(
      List<Tick> ticks, Function<Map<String, TickWrites>, List<RunProgress>> progress) {
    faults.at("ticks.before");
    Map<Key, Tick> changed = new HashMap<>();
    Map<String, TickWrites> writes = new TreeMap<>();
    for (Tick tick : ticks) {
      Key key = Key.of(tick);
      Tick stored = rows.get(key);
      int order = stored == null ? 1 : Tick.comparePayload(stored, tick);
      if (order > 0 && changed.put(key, tick) != null) {
        throw new AssertionError("the same tick twice in one statement: " + tick);
      }
      TickWrites one =
          stored == null
              ? new TickWrites(1, 0, 0)
              : order == 0 ? new TickWrites(0, 1, 0) : new TickWrites(0, 0, 1);
      writes.merge(
          tick.provider(),
          one,
          (a, b) ->
              new TickWrites(
                  a.inserted() + b.inserted(),
                  a.unchanged() + b.unchanged(),
                  a.conflicts() + b.conflicts()));
    }
    List<RunProgress> runs = progress.apply(writes);
    rows.putAll(changed);
    runs.forEach(run -> ledgers.put(run.runId(), run.ledger()));
    faults.at("ticks.after");
    return writes;
  }
}
