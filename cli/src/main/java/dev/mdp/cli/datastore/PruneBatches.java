package dev.mdp.cli.datastore;

import dev.mdp.cli.Progress;
import dev.mdp.core.store.Pruning;
import dev.mdp.core.store.Pruning.Found;
import dev.mdp.core.store.Pruning.Prunable;
import dev.mdp.core.store.Series;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// Removes rows oldest first, a stretch of time over all series in each transaction: after every
/// one of them nothing before its end is left and nothing after it is missing, so that it can stop
/// anywhere. The stretch adapts to about [#ROWS] rows. One thread.
final class PruneBatches {
  static final int ROWS = 10_000;

  /// Rows at one moment cannot be split; apart from them a transaction has no more than this.
  private static final int MOST = 2 * ROWS;

  private static final long FIRST_STRETCH = 60_000_000L;

  private final Pruning pruning;
  private final Prunable table;
  private final List<Series> series;
  private final long expected;
  private final long cutOff;

  PruneBatches(Pruning pruning, Prunable table, List<Found> found, long cutOff) {
    this.pruning = pruning;
    this.table = table;
    this.series = found.stream().map(Found::series).toList();
    this.expected = found.stream().mapToLong(Found::rows).sum();
    this.cutOff = cutOff;
  }

  /// @param reached nothing before is left
  /// @param complete whether that is the cut-off
  record Removed(long rows, long reached, boolean complete) {}

  Removed run(long oldest, BooleanSupplier stop, Progress progress) {
    long removed = 0;
    long reached = oldest;
    long stretch = FIRST_STRETCH;
    OptionalLong next = pruning.oldest(table, series, oldest, cutOff);
    while (next.isPresent() && !stop.getAsBoolean()) {
      long from = next.getAsLong();
      long end = Math.min(cutOff, from + stretch);
      while (end > from + 1 && pruning.count(table, series, from, end, MOST + 1) > MOST) {
        stretch = Math.max(1, (end - from) / 4);
        end = from + stretch;
      }
      long rows = pruning.remove(table, series, from, end);
      removed += rows;
      reached = end;
      stretch = rows < ROWS / 2 ? Math.min(stretch * 2, cutOff - from + 1) : stretch;
      progress.update(removed, "removed", (double) removed / Math.max(1, expected));
      next = pruning.oldest(table, series, reached, cutOff);
    }
    return next.isEmpty()
        ? new Removed(removed, cutOff, true)
        : new Removed(removed, reached, false);
  }
}
