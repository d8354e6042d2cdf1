package dev.mdp.pipeline.window;

import dev.mdp.core.bus.Position;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The slices of one lane whose events unsealed windows still need, in order of event time: how
/// many events that are, and where in the log they begin. One thread.
final class Retention {
  private final SealedWindows seals;
  private final RetainedTotal total;
  private final TreeMap<Long, RetainedSlice> slices = new TreeMap<>();
  private long retained;
  private Position newestBeginning = Position.START;

  /// @param total of all lanes, which this one's events are part of
  Retention(SealedWindows seals, RetainedTotal total) {
    this.seals = seals;
    this.total = total;
  }

  /// The symbol's events of the slice with this start, made when there are none yet.
  ///
  /// @param position the entry that is being read
  RetainedEvents events(SymbolWindows symbol, long start, Position position) {
    RetainedEvents events = symbol.retained().find(start);
    if (events == null) {
      RetainedSlice slice = slices.computeIfAbsent(start, from -> begin(from, position));
      slice.symbols().add(symbol);
      events = symbol.begin(slice);
    }
    return events;
  }

  private RetainedSlice begin(long start, Position position) {
    newestBeginning = position;
    return new RetainedSlice(start, position);
  }

  /// The last entry with which a slice began.
  Position newestBeginning() {
    return newestBeginning;
  }

  /// One more distinct event is kept.
  void added(RetainedEvents events) {
    events.slice().retained();
    retained++;
    total.add(1);
  }

  /// Distinct events that unsealed windows need.
  long retained() {
    return retained;
  }

  /// Counts the events of sealed slices as let go.
  void letGo() {
    for (RetainedSlice slice : slices.values()) {
      if (!seals.isSealed(slice)) {
        break;
      }
      long released = slice.release();
      retained -= released;
      total.add(-released);
    }
  }

  /// Forgets the events of sealed slices; tells which symbols they were of.
  void dropSealed(Consumer<SymbolWindows> dropped) {
    while (!slices.isEmpty() && seals.isSealed(slices.firstEntry().getValue())) {
      RetainedSlice slice = slices.pollFirstEntry().getValue();
      for (SymbolWindows symbol : slice.symbols()) {
        symbol.forget(slice.start());
        dropped.accept(symbol);
      }
    }
  }

  /// The first entry of the log that an unsealed window needs, or null when there is none.
  @Nullable Position firstNeeded() {
    Position first = null;
    for (RetainedSlice slice : slices.values()) {
      if (!seals.isSealed(slice) && (first == null || first.isAfter(slice.firstPosition()))) {
        first = slice.firstPosition();
      }
    }
    return first;
  }

  /// The oldest slice that is not sealed, or null.
  @Nullable RetainedSlice oldestUnsealed() {
    for (RetainedSlice slice : slices.values()) {
      if (!seals.isSealed(slice)) {
        return slice;
      }
    }
    return null;
  }

  @Nullable RetainedSlice find(long start) {
    return slices.get(start);
  }

  boolean isEmpty() {
    return slices.isEmpty();
  }

  /// The time of the oldest slice, or `Long.MAX_VALUE`.
  long oldest() {
    Map.Entry<Long, RetainedSlice> first = slices.firstEntry();
    return first == null ? Long.MAX_VALUE : first.getKey();
  }
}
