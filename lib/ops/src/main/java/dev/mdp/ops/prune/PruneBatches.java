package dev.mdp.ops.prune;

import dev.mdp.core.event.Micros;
import dev.mdp.core.store.Pruning;
import dev.mdp.core.store.Pruning.Found;
import dev.mdp.core.store.Pruning.Prunable;
import dev.mdp.core.store.Series;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Removes rows oldest first, a slice of time over all series in each transaction: after every one
/// of them nothing before its end is left and nothing after it is missing, so that it can stop
/// anywhere. The slice adapts to about [#ROWS] rows. One thread.
public final class PruneBatches {
  static final int ROWS = 10_000;

  /// Rows at one moment cannot be split; apart from them a transaction has no more than this.
  private static final int MOST = 2 * ROWS;

  /// Before every row: timestamps are valid from 1970 on, and a table's from 4713 BC.
  private static final long BEGINNING = Micros.of(Instant.parse("-4712-01-01T00:00:00Z"));

  private static final Comparator<Series> IN_ORDER =
      Comparator.comparing(Series::provider)
          .thenComparing(Series::symbol)
          .thenComparing(Series::interval);

  private static final long FIRST_SLICE = 60_000_000L;

  private final Pruning pruning;
  private final Prunable table;
  private final List<Series> series;
  private final long cutOff;
  private final SortedMap<Series, Found> removed = new TreeMap<>(IN_ORDER);

  public PruneBatches(Pruning pruning, Prunable table, List<Series> series, long cutOff) {
    this.pruning = pruning;
    this.table = table;
    this.series = series;
    this.cutOff = cutOff;
  }

  /// @param found what was removed of each series
  /// @param reached nothing before is left
  /// @param complete whether that is the cut-off
  public record Removed(List<Found> found, long reached, boolean complete) {
    public long rows() {
      return found.stream().mapToLong(Found::rows).sum();
    }
  }

  public Removed run(BooleanSupplier stop, PruneProgress progress) {
    OptionalLong next = pruning.oldest(table, series, BEGINNING, cutOff);
    long oldest = next.orElse(cutOff);
    long rows = 0;
    long reached = oldest;
    long slice = FIRST_SLICE;
    while (next.isPresent() && !stop.getAsBoolean()) {
      long from = next.getAsLong();
      long end = Math.min(cutOff, from + slice);
      while (end > from + 1 && pruning.count(table, series, from, end, MOST + 1) > MOST) {
        slice = Math.max(1, (end - from) / 4);
        end = from + slice;
      }
      long before = rows;
      for (Found gone : pruning.remove(table, series, from, end)) {
        rows += gone.rows();
        removed.merge(gone.series(), gone, PruneBatches::sum);
      }
      reached = end;
      slice = rows - before < ROWS / 2 ? Math.min(slice * 2, cutOff - from + 1) : slice;
      progress.update(rows, (double) (reached - oldest) / Math.max(1, cutOff - oldest));
      next = pruning.oldest(table, series, reached, cutOff);
    }
    List<Found> found = List.copyOf(removed.values());
    return next.isEmpty() ? new Removed(found, cutOff, true) : new Removed(found, reached, false);
  }

  /// Of two slices of one series, the earlier first.
  private static Found sum(Found earlier, Found later) {
    return new Found(
        earlier.series(), earlier.rows() + later.rows(), earlier.firstMicros(), later.lastMicros());
  }
}
