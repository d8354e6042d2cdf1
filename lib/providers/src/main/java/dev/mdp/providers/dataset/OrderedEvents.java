package dev.mdp.providers.dataset;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// One file's wanted events in [EventStream#ORDER]: a row at most `allowLate` behind the newest row
/// before it is put in its place, one further behind is refused. So what is sent is the same as if
/// the file had been sorted. Memory: the rows of one such span, at most `heldRows`. One thread.
final class OrderedEvents implements EventStream {
  private final RowReader reader;
  private final ReadOptions options;
  private final int heldRows;

  /// Rows that came in order, and those that came behind one of them. A late row that is equal by
  /// ORDER to a row in order came after it.
  private final ArrayDeque<MarketEvent> inOrder = new ArrayDeque<>();

  private final PriorityQueue<LateRow> late = new PriorityQueue<>();

  private long newestMicros = Micros.MIN;
  private long newestLine;
  private boolean ended;

  OrderedEvents(RowReader reader, ReadOptions options, int heldRows) {
    this.reader = reader;
    this.options = options;
    this.heldRows = heldRows;
  }

  @Override
  public @Nullable MarketEvent next() {
    while (!ended && !headIsSettled()) {
      MarketEvent event = reader.next();
      if (event == null || hold(event)) {
        ended = true;
      }
    }
    LateRow lateHead = late.peek();
    MarketEvent head = inOrder.peek();
    if (lateHead != null && (head == null || ORDER.compare(lateHead.event, head) < 0)) {
      late.remove();
      return lateHead.event;
    }
    return inOrder.poll();
  }

  @Override
  public void close() {
    reader.close();
  }

  /// Whether no row that may still come belongs before the first one held.
  private boolean headIsSettled() {
    long settledBefore = newestMicros - options.allowLateMicros();
    MarketEvent head = inOrder.peek();
    LateRow lateHead = late.peek();
    return (head != null && EventStream.micros(head) < settledBefore)
        || (lateHead != null && EventStream.micros(lateHead.event) < settledBefore);
  }

  /// Takes a row in; true when no row that is wanted can come any more.
  private boolean hold(MarketEvent event) {
    long line = reader.rows().line();
    if (EventStream.micros(event) < newestMicros - options.allowLateMicros()) {
      throw outOfOrder(event, line);
    }
    if (options.wants(EventStream.micros(event))) {
      if (inOrder.isEmpty() || ORDER.compare(event, inOrder.getLast()) >= 0) {
        inOrder.add(event);
      } else {
        late.add(new LateRow(event, line));
      }
      if (inOrder.size() + late.size() > heldRows) {
        throw reader
            .rows()
            .file()
            .error(
                line,
                "more than %d rows lie within the allowed lateness of %s; lower allow_late_ms, or use --sort"
                    .formatted(heldRows, milliseconds(options.allowLateMicros())));
      }
    } else {
      reader.passOver();
    }
    if (EventStream.micros(event) > newestMicros) {
      newestMicros = EventStream.micros(event);
      newestLine = line;
    }
    return newestMicros - options.allowLateMicros() >= options.toMicros();
  }

  private DataException outOfOrder(MarketEvent event, long line) {
    return reader
        .rows()
        .file()
        .error(
            line,
            "out of order: %s is %s before %s of line %d, and at most %s are allowed (allow_late_ms); sort the file, or use --sort"
                .formatted(
                    Micros.format(EventStream.micros(event)),
                    milliseconds(newestMicros - EventStream.micros(event)),
                    Micros.format(newestMicros),
                    newestLine,
                    milliseconds(options.allowLateMicros())));
  }

  private static String milliseconds(long micros) {
    return micros % 1_000 == 0
        ? micros / 1_000 + " ms"
        : java.math.BigDecimal.valueOf(micros, 3).toPlainString() + " ms";
  }

  private record LateRow(MarketEvent event, long line) implements Comparable<LateRow> {
    @Override
    public int compareTo(LateRow other) {
      int byOrder = ORDER.compare(event, other.event);
      return byOrder != 0 ? byOrder : Long.compare(line, other.line);
    }
  }
}
