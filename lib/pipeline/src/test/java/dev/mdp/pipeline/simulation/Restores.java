package dev.mdp.pipeline.simulation;

import dev.mdp.core.error.UnavailableException;
import dev.mdp.testkit.InMemoryStore;
import dev.mdp.testkit.InMemoryTicks;
import org.jspecify.annotations.Nullable;

/// The database goes back: a copy of it is taken, and later takes its place. All sessions end then,
/// and what was under way in them is over, whether or not it was committed before.
final class Restores {
  private final InMemoryStore store;
  private final InMemoryTicks ticks;
  private InMemoryStore.@Nullable Snapshot rows;
  private InMemoryTicks.@Nullable Snapshot tickRows;
  private int restored;

  Restores(InMemoryStore store, InMemoryTicks ticks) {
    this.store = store;
    this.ticks = ticks;
  }

  /// Takes a copy, or puts the last one back. Returns whether it was put back.
  boolean next() {
    if (rows == null || tickRows == null) {
      rows = store.snapshot();
      tickRows = ticks.snapshot();
      return false;
    }
    store.restore(rows);
    ticks.restore(tickRows);
    rows = null;
    tickRows = null;
    restored++;
    return true;
  }

  /// Makes a call to the database fail when the database goes back during it.
  void during(String point, Runnable call) {
    int before = restored;
    call.run();
    if (restored != before) {
      throw new UnavailableException("restored at " + point);
    }
  }
}
