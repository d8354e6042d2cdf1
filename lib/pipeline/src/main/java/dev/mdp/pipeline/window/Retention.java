package dev.mdp.pipeline.window;

import dev.mdp.core.bus.Position;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The stretches of one lane whose events unsealed windows still need, in order of event time: how
/// many events that are, and where in the log they begin. One thread.
final class Retention {
  private final SealedWindows seals;
  private final TreeMap<Long, Stretch> stretches = new TreeMap<>();
  private long retained;
  private Position newestBeginning = Position.START;

  Retention(SealedWindows seals) {
    this.seals = seals;
  }

  /// The symbol's events of the stretch with this start, made when there are none yet.
  ///
  /// @param position the entry that is being read
  RetainedEvents events(SymbolWindows symbol, long start, Position position) {
    RetainedEvents events = symbol.retained().find(start);
    if (events == null) {
      Stretch stretch = stretches.computeIfAbsent(start, from -> begin(from, position));
      stretch.symbols().add(symbol);
      events = symbol.begin(stretch);
    }
    return events;
  }

  private Stretch begin(long start, Position position) {
    newestBeginning = position;
    return new Stretch(start, position);
  }

  /// The last entry with which a stretch began.
  Position newestBeginning() {
    return newestBeginning;
  }

  /// One more distinct event is kept.
  void added(RetainedEvents events) {
    events.stretch().retained();
    retained++;
  }

  /// Distinct events that unsealed windows need.
  long retained() {
    return retained;
  }

  /// Counts the events of sealed stretches as let go.
  void letGo() {
    for (Stretch stretch : stretches.values()) {
      if (!seals.isSealed(stretch)) {
        break;
      }
      retained -= stretch.release();
    }
  }

  /// Forgets the events of sealed stretches; tells which symbols they were of.
  void dropSealed(Consumer<SymbolWindows> dropped) {
    while (!stretches.isEmpty() && seals.isSealed(stretches.firstEntry().getValue())) {
      Stretch stretch = stretches.pollFirstEntry().getValue();
      for (SymbolWindows symbol : stretch.symbols()) {
        symbol.forget(stretch.start());
        dropped.accept(symbol);
      }
    }
  }

  /// The first entry of the log that an unsealed window needs, or null when there is none.
  @Nullable Position firstNeeded() {
    Position first = null;
    for (Stretch stretch : stretches.values()) {
      if (!seals.isSealed(stretch) && (first == null || first.isAfter(stretch.firstPosition()))) {
        first = stretch.firstPosition();
      }
    }
    return first;
  }

  /// The oldest stretch that is not sealed, or null.
  @Nullable Stretch oldestUnsealed() {
    for (Stretch stretch : stretches.values()) {
      if (!seals.isSealed(stretch)) {
        return stretch;
      }
    }
    return null;
  }

  @Nullable Stretch find(long start) {
    return stretches.get(start);
  }

  boolean isEmpty() {
    return stretches.isEmpty();
  }

  /// The time of the oldest stretch, or `Long.MAX_VALUE`.
  long oldest() {
    Map.Entry<Long, Stretch> first = stretches.firstEntry();
    return first == null ? Long.MAX_VALUE : first.getKey();
  }
}
