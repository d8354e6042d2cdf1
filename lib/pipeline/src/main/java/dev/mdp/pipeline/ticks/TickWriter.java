package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.TickStore;
import dev.mdp.pipeline.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Writes batches of ticks with their share of the ledger in one transaction. A batch that the
/// database refuses is halved until the refused row is found. One thread.
final class TickWriter {
  private final TickStore store;
  private final long runId;
  private final BiConsumer<Delivery.Decoded, DataException> refused;
  private final List<Delivery> stored = new ArrayList<>();
  private LedgerCounts committed = LedgerCounts.NONE;
  private Ledger ledger = new Ledger();
  private long failed;
  private List<Delivery> decided = List.of();
  private Attempt attempt = Attempt.NONE;

  /// A transaction whose COMMIT was not answered.
  private record Attempt(List<Delivery> deliveries, LedgerCounts ledger) {
    static final Attempt NONE = new Attempt(List.of(), LedgerCounts.NONE);
  }

  /// @param refused takes a row that the database does not want, before the ledger counts it
  TickWriter(TickStore store, long runId, BiConsumer<Delivery.Decoded, DataException> refused) {
    this.store = store;
    this.runId = runId;
    this.refused = refused;
  }

  /// The ledger that the next write commits.
  Ledger ledger() {
    return ledger;
  }

  LedgerCounts committed() {
    return committed;
  }

  /// Entries became dead letters since the last write.
  void failed(long entries) {
    failed += entries;
  }

  /// Forgets what was counted but not committed.
  void rollBack() {
    ledger = Ledger.copyOf(committed);
    failed = 0;
  }

  /// Continues from what the database has of this run's ledger. When that is less, it went back,
  /// and what was lost there is counted when it is stored again. When it is the ledger of the
  /// attempt that failed last, only the answer to its COMMIT was lost: its entries are stored and
  /// counted.
  void adopt(Optional<LedgerCounts> inDatabase) {
    if (inDatabase.isPresent() && inDatabase.get().equals(attempt.ledger())) {
      stored.addAll(attempt.deliveries());
      committed = inDatabase.get();
      rollBack();
    } else if (inDatabase.isPresent() && inDatabase.get().read() < committed.read()) {
      committed = inDatabase.get();
      rollBack();
    }
    attempt = Attempt.NONE;
  }

  /// What is known to be stored and counted since the last time, also when another part of its
  /// batch failed.
  List<Delivery> takeStored() {
    List<Delivery> taken = List.copyOf(stored);
    stored.clear();
    return taken;
  }

  /// Stores these distinct ticks; returns what was inserted per provider. `again` says that the
  /// entries had been delivered before, so that what is in the table already counts as recovered.
  ///
  /// @param decided entries that the ledger counts already and that need no row
  Map<String, TickStore.TickWrites> write(
      List<Delivery.Decoded> deliveries, List<Delivery> decided, boolean again) {
    this.decided = decided;
    return write(deliveries, again);
  }

  private Map<String, TickStore.TickWrites> write(
      List<Delivery.Decoded> deliveries, boolean again) {
    try {
      return writeAll(deliveries, again);
    } catch (DataException e) {
      if (deliveries.size() == 1) {
        Delivery.Decoded only = deliveries.getFirst();
        refused.accept(only, e);
        ledger.count(only.event().provider(), Outcome.DEAD_LETTERED);
        failed++;
        decided = with(decided, deliveries);
        return writeAll(List.of(), again);
      }
      int half = deliveries.size() / 2;
      Map<String, TickStore.TickWrites> first = write(deliveries.subList(0, half), again);
      Map<String, TickStore.TickWrites> second =
          write(deliveries.subList(half, deliveries.size()), again);
      return sum(first, second);
    }
  }

  private Map<String, TickStore.TickWrites> writeAll(
      List<Delivery.Decoded> deliveries, boolean again) {
    List<Tick> ticks = new ArrayList<>(deliveries.size());
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (Delivery.Decoded delivery : deliveries) {
      if (delivery.event() instanceof Tick tick) {
        ticks.add(tick);
        min = Math.min(min, tick.srcMicros());
        max = Math.max(max, tick.srcMicros());
      }
    }
    Ledger next = Ledger.copyOf(ledger.snapshot());
    List<Delivery> done = with(decided, deliveries);
    long smallest = min;
    long largest = max;
    Map<String, TickStore.TickWrites> writes =
        store.write(
            ticks,
            result -> {
              count(next, result, again);
              attempt = new Attempt(done, next.snapshot());
              return List.of(new RunProgress(runId, 0, next.snapshot(), failed, smallest, largest));
            });
    ledger = next;
    committed = next.snapshot();
    failed = 0;
    attempt = Attempt.NONE;
    decided = List.of();
    stored.addAll(done);
    return writes;
  }

  private static List<Delivery> with(List<Delivery> some, List<? extends Delivery> others) {
    List<Delivery> all = new ArrayList<>(some.size() + others.size());
    all.addAll(some);
    all.addAll(others);
    return all;
  }

  private static void count(
      Ledger ledger, Map<String, TickStore.TickWrites> result, boolean again) {
    result.forEach((provider, writes) -> {
      ledger.count(provider, Outcome.AGGREGATED, writes.inserted());
      ledger.count(provider, again ? Outcome.RECOVERED : Outcome.DUPLICATE, writes.unchanged());
      ledger.count(provider, Outcome.CONFLICT, writes.conflicts());
    });
  }

  private static Map<String, TickStore.TickWrites> sum(
      Map<String, TickStore.TickWrites> left, Map<String, TickStore.TickWrites> right) {
    Map<String, TickStore.TickWrites> all = new java.util.TreeMap<>(left);
    right.forEach((provider, writes) ->
        all.merge(
            provider,
            writes,
            (a, b) ->
                new TickStore.TickWrites(
                    a.inserted() + b.inserted(),
                    a.unchanged() + b.unchanged(),
                    a.conflicts() + b.conflicts())));
    return all;
  }
}
