package dev.mdp.providers.dataset;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Tick;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The wanted ticks of files in any order, sorted by [TickStream#ORDER]: an external merge sort. Up
/// to `runRows` ticks are sorted in memory; more go to temporary files, one for each such part. The
/// files must be taken in before the first tick comes. One thread.
final class SortedTicks implements TickStream {
  static final int MAX_RUNS = 500;

  private final List<TickReader> readers;
  private final ReadOptions options;
  private final Limits limits;
  private final SortRun.Names names = new SortRun.Names();
  private final List<SortRun> runs = new ArrayList<>();
  private List<Tick> held = new ArrayList<>();
  private int reading;
  private int heldSent;
  private long taken;
  private @Nullable MergedTicks merged;

  SortedTicks(List<TickReader> readers, ReadOptions options, Limits limits) {
    this.readers = readers;
    this.options = options;
    this.limits = limits;
  }

  /// Reads at most so many rows of the files; true when all are taken in and sorted.
  boolean takeIn(int rows) {
    for (int i = 0; i < rows && reading < readers.size(); i++) {
      Tick tick = readers.get(reading).next();
      if (tick == null) {
        reading++;
      } else if (options.wants(tick.srcMicros())) {
        hold(tick);
      } else {
        readers.get(reading).passOver();
      }
    }
    if (reading < readers.size()) {
      return false;
    }
    if (runs.isEmpty()) {
      held.sort(ORDER);
    } else if (!held.isEmpty()) {
      spill();
    }
    merged = new MergedTicks(runs);
    return true;
  }

  /// How many ticks were taken in.
  long taken() {
    return taken;
  }

  @Override
  public @Nullable Tick next() {
    if (merged == null) {
      throw new IllegalStateException("not all files are taken in");
    }
    return heldSent < held.size() ? held.get(heldSent++) : merged.next();
  }

  @Override
  public void close() {
    List<TickStream> all = new ArrayList<>(readers);
    all.addAll(runs);
    CloseAll.of(all);
  }

  private void hold(Tick tick) {
    if (held.size() == limits.runRows()) {
      spill();
    }
    held.add(tick);
    taken++;
  }

  private void spill() {
    if (runs.size() == MAX_RUNS) {
      throw new DataException(
          "--sort takes at most %d rows; narrow --from and --to, or sort the files before"
              .formatted((long) MAX_RUNS * limits.runRows()));
    }
    held.sort(ORDER);
    runs.add(SortRun.write(held, names, limits.sortFolder()));
    held = new ArrayList<>();
  }
}
