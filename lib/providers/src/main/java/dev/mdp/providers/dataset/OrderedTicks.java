package dev.mdp.providers.dataset;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// One file's wanted ticks in [TickStream#ORDER]: a row at most `allowLate` behind the newest row
/// before it is put in its place, one further behind is refused. So what is sent is the same as if
/// the file had been sorted. Memory: the rows of one such span, at most `heldRows`. One thread.
final class OrderedTicks implements TickStream {
  private final TickReader reader;
  private final ReadOptions options;
  private final int heldRows;

  /// Rows that came in order, and those that came behind one of them. A late row that is equal by
  /// ORDER to a row in order came after it.
  private final ArrayDeque<Tick> inOrder = new ArrayDeque<>();

  private final PriorityQueue<LateRow> late = new PriorityQueue<>();

  private long newestMicros = Micros.MIN;
  private long newestLine;
  private boolean ended;

  OrderedTicks(TickReader reader, ReadOptions options, int heldRows) {
    this.reader = reader;
    this.options = options;
    this.heldRows = heldRows;
  }

  @Override
  public @Nullable Tick next() {
    while (!ended && !headIsSettled()) {
      Tick tick = reader.next();
      if (tick == null || hold(tick)) {
        ended = true;
      }
    }
    LateRow lateHead = late.peek();
    Tick head = inOrder.peek();
    if (lateHead != null && (head == null || ORDER.compare(lateHead.tick, head) < 0)) {
      late.remove();
      return lateHead.tick;
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
    Tick head = inOrder.peek();
    LateRow lateHead = late.peek();
    return (head != null && head.srcMicros() < settledBefore)
        || (lateHead != null && lateHead.tick.srcMicros() < settledBefore);
  }

  /// Takes a row in; true when no row that is wanted can come any more.
  private boolean hold(Tick tick) {
    long line = reader.rows().line();
    if (tick.srcMicros() < newestMicros - options.allowLateMicros()) {
      throw outOfOrder(tick, line);
    }
    if (options.wants(tick.srcMicros())) {
      if (inOrder.isEmpty() || ORDER.compare(tick, inOrder.getLast()) >= 0) {
        inOrder.add(tick);
      } else {
        late.add(new LateRow(tick, line));
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
    if (tick.srcMicros() > newestMicros) {
      newestMicros = tick.srcMicros();
      newestLine = line;
    }
    return newestMicros - options.allowLateMicros() >= options.toMicros();
  }

  private DataException outOfOrder(Tick tick, long line) {
    return reader
        .rows()
        .file()
        .error(
            line,
            "out of order: %s is %s before %s of line %d, and at most %s are allowed (allow_late_ms); sort the file, or use --sort"
                .formatted(
                    Micros.format(tick.srcMicros()),
                    milliseconds(newestMicros - tick.srcMicros()),
                    Micros.format(newestMicros),
                    newestLine,
                    milliseconds(options.allowLateMicros())));
  }

  private static String milliseconds(long micros) {
    return micros % 1_000 == 0
        ? micros / 1_000 + " ms"
        : java.math.BigDecimal.valueOf(micros, 3).toPlainString() + " ms";
  }

  private record LateRow(Tick tick, long line) implements Comparable<LateRow> {
    @Override
    public int compareTo(LateRow other) {
      int byOrder = ORDER.compare(tick, other.tick);
      return byOrder != 0 ? byOrder : Long.compare(line, other.line);
    }
  }
}
