package dev.mdp.providers.dataset;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.MarketEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The wanted events of files in any order, sorted by [EventStream#ORDER]: an external merge sort.
/// Up to `runRows` events are sorted in memory; more go to temporary files, one for each such part.
/// The files must be taken in before the first event comes. One thread.
final class SortedEvents implements EventStream {
  static final int MAX_RUNS = 500;

  private final List<RowReader> readers;
  private final ReadOptions options;
  private final Limits limits;
  private final SymbolNumbers numbers = new SymbolNumbers();
  private final List<SortRun> runs = new ArrayList<>();
  private List<MarketEvent> held = new ArrayList<>();
  private int reading;
  private int heldSent;
  private long taken;
  private @Nullable MergedEvents merged;

  SortedEvents(List<RowReader> readers, ReadOptions options, Limits limits) {
    this.readers = readers;
    this.options = options;
    this.limits = limits;
  }

  /// Reads at most this many rows of the files; true when all are taken in and sorted.
  boolean takeIn(int rows) {
    for (int i = 0; i < rows && reading < readers.size(); i++) {
      MarketEvent event = readers.get(reading).next();
      if (event == null) {
        reading++;
      } else if (options.wants(EventStream.micros(event))) {
        hold(event);
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
    merged = new MergedEvents(runs);
    return true;
  }

  /// How many events were taken in.
  long taken() {
    return taken;
  }

  @Override
  public @Nullable MarketEvent next() {
    if (merged == null) {
      throw new IllegalStateException("not all files are taken in");
    }
    return heldSent < held.size() ? held.get(heldSent++) : merged.next();
  }

  @Override
  public void close() {
    List<EventStream> all = new ArrayList<>(readers);
    all.addAll(runs);
    CloseAll.of(all);
  }

  private void hold(MarketEvent event) {
    if (held.size() == limits.runRows()) {
      spill();
    }
    held.add(event);
    taken++;
  }

  private void spill() {
    if (runs.size() == MAX_RUNS) {
      throw new DataException(
          "--sort takes at most %d rows; narrow --from and --to, or sort the files before"
              .formatted((long) MAX_RUNS * limits.runRows()));
    }
    held.sort(ORDER);
    runs.add(SortRun.write(held, numbers, limits.sortFolder()));
    held = new ArrayList<>();
  }
}
