package dev.mdp.core.store;

import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.run.RunProgress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The table `tick_data`. Thread-safe; a write is one transaction.
public interface TickStore {
  /// Stores distinct ticks (no identity twice); where an identity is there with another payload,
  /// the smaller payload stays. The function gets what became of the rows, per provider, before
  /// COMMIT and returns what to record in the same transaction.
  Map<String, TickWrites> write(
      List<Tick> ticks, Function<Map<String, TickWrites>, List<RunProgress>> progress);

  /// What the database has of this run's ledger; registers the run again when the database does not
  /// have it. Empty when the store keeps no ledgers.
  default Optional<LedgerCounts> ledger(long runId) {
    return Optional.empty();
  }

  /// @param inserted new rows
  /// @param unchanged the same identity and payload was there
  /// @param conflicts the same identity was there with another payload; the smaller one stays
  record TickWrites(long inserted, long unchanged, long conflicts) {}
}
