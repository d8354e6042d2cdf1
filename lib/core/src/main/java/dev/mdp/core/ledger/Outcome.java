package dev.mdp.core.ledger;

import java.util.Locale;

/// What became of an entry that was read: exactly one of these, so that they add up to what was
/// read.
public enum Outcome {
  /// In an emitted window (micro-batch) or in the table (ticks).
  AGGREGATED,
  /// In a window not emitted yet: a level, not a count that only grows.
  OPEN,
  /// The same identity and payload again.
  DUPLICATE,
  /// The same identity with another payload.
  CONFLICT,
  /// Came after its window was emitted and changed it.
  REVISED_LATE,
  /// Came after its window was sealed; a dead letter.
  SEALED_LATE,
  /// A refill for a sealed window: its bar is computed again from the ticks.
  LATE_FILLED,
  DEAD_LETTERED,
  /// Not this group's business.
  FILTERED,
  /// Counted by an earlier run already.
  RECOVERED;

  /// The word in metrics, tables and JSON: `revised-late`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
