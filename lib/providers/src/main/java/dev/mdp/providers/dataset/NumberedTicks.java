package dev.mdp.providers.dataset;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives ticks without a seq their ordinal within equal event times of their symbol, counted in the
/// order of the files: the same files read twice give the same numbers. Memory: the ticks of one
/// event time, at most `heldRows`. One thread.
final class NumberedTicks implements EventStream {
  private final EventStream ordered;
  private final int heldRows;
  private final List<Tick> group = new ArrayList<>();
  private final ArrayDeque<Tick> numbered = new ArrayDeque<>();
  private @Nullable Tick ahead;

  NumberedTicks(EventStream ordered, int heldRows) {
    this.ordered = ordered;
    this.heldRows = heldRows;
  }

  @Override
  public @Nullable Tick next() {
    if (numbered.isEmpty()) {
      Tick first = ahead != null ? ahead : read();
      if (first == null) {
        return null;
      }
      ahead = read();
      if (ahead == null || ahead.srcMicros() != first.srcMicros()) {
        return first;
      }
      readGroup(first);
    }
    return numbered.poll();
  }

  @Override
  public void close() {
    ordered.close();
  }

  /// The group comes in order of its symbols, each symbol's ticks in the order of the files.
  private void readGroup(Tick first) {
    group.clear();
    group.add(first);
    Symbol symbol = first.symbol();
    long ordinal = 0;
    while (ahead != null && ahead.srcMicros() == first.srcMicros()) {
      ordinal = ahead.symbol().equals(symbol) ? ordinal + 1 : 0;
      symbol = ahead.symbol();
      group.add(withSeq(ahead, ordinal));
      if (group.size() > heldRows) {
        throw new DataException(
            "more than %d rows share the time %s; map a column to seq, or a finer src_ts"
                .formatted(heldRows, Micros.format(first.srcMicros())));
      }
      ahead = read();
    }
    group.sort(ORDER);
    numbered.addAll(group);
  }

  private @Nullable Tick read() {
    return (Tick) ordered.next();
  }

  private static Tick withSeq(Tick tick, long seq) {
    return seq == 0
        ? tick
        : new Tick(
            tick.provider(),
            tick.lane(),
            tick.symbol(),
            tick.srcMicros(),
            seq,
            tick.price(),
            tick.size(),
            tick.bid(),
            tick.ask(),
            tick.ingestMicros());
  }
}
