package dev.mdp.pipeline.window;

import dev.mdp.core.event.Tick;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The distinct events of one symbol over one slice of event time, ordered by `(srcMicros, seq)`:
/// what tells a duplicate, and what a window is computed from again after a conflict. 32 bytes an
/// event, 48 with quotes. One thread.
///
/// The four numbers of an event lie side by side: with thousands of symbols each event is a visit
/// to memory that the processor's cache does not hold, and one visit is enough.
final class RetainedEvents implements ByStart.Starting {
  private static final int WIDTH = 4;
  private static final int SEQ = 1;
  private static final int PRICE = 2;
  private static final int SIZE = 3;
  private static final int FIRST_CAPACITY = 4;
  private static final int MOST_EXPECTED = 16_384;

  private final long start;
  private final RetainedSlice slice;
  private int size;
  private int capacity;
  private long[] numbers;
  private double @Nullable [] bids;
  private double @Nullable [] asks;

  /// What adding an event found.
  enum Found {
    NEW,
    DUPLICATE,
    /// Another payload was there and stays.
    CONFLICT_KEPT,
    /// Another payload was there and was replaced.
    CONFLICT_REPLACED
  }

  /// @param expected about how many events will come, so that the arrays need not grow to it
  /// @param spare the [#memory] of events that were let go, used where it fits; null for none
  RetainedEvents(RetainedSlice slice, int expected, long @Nullable [] spare) {
    int likely = Math.min(expected, MOST_EXPECTED);
    int wanted = likely + (likely >> 3) + FIRST_CAPACITY;
    this.start = slice.start();
    this.slice = slice;
    this.numbers = spare != null && fits(spare, likely, wanted) ? spare : new long[wanted * WIDTH];
    this.capacity = numbers.length / WIDTH;
  }

  private static boolean fits(long[] spare, int least, int wanted) {
    int capacity = spare.length / WIDTH;
    return capacity >= least && capacity <= wanted + (wanted >> 1);
  }

  @Override
  public long start() {
    return start;
  }

  RetainedSlice slice() {
    return slice;
  }

  Found add(Tick tick) {
    int last = size - 1;
    if (last < 0 || compareAt(last, tick) < 0) {
      insert(size, tick);
      return Found.NEW;
    }
    int at = find(tick);
    if (at < 0) {
      insert(-at - 1, tick);
      return Found.NEW;
    }
    int payload = comparePayload(at, tick);
    if (payload == 0) {
      return Found.DUPLICATE;
    }
    if (payload < 0) {
      return Found.CONFLICT_KEPT;
    }
    put(at, tick);
    return Found.CONFLICT_REPLACED;
  }

  int size() {
    return size;
  }

  /// For how many events its memory is.
  int capacity() {
    return capacity;
  }

  /// What the next slice's events may be in when these are let go. That a symbol's memory goes from
  /// slice to slice saves the garbage collector most of its work.
  long[] memory() {
    return numbers;
  }

  /// Whether any event may be in `[from, to)`.
  boolean touches(long from, long to) {
    return size > 0 && srcMicros(0) < to && srcMicros(size - 1) >= from;
  }

  long srcMicros(int index) {
    return numbers[index * WIDTH];
  }

  long seq(int index) {
    return numbers[index * WIDTH + SEQ];
  }

  double price(int index) {
    return Double.longBitsToDouble(numbers[index * WIDTH + PRICE]);
  }

  double size(int index) {
    return Double.longBitsToDouble(numbers[index * WIDTH + SIZE]);
  }

  private int find(Tick tick) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compareAt(middle, tick);
      if (order < 0) {
        low = middle + 1;
      } else if (order > 0) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -low - 1;
  }

  private int compareAt(int index, Tick tick) {
    int byTime = Long.compare(srcMicros(index), tick.srcMicros());
    return byTime != 0 ? byTime : Long.compare(seq(index), tick.seq());
  }

  /// The order of [Tick#comparePayload].
  private int comparePayload(int index, Tick tick) {
    int byPrice = Tick.compare(price(index), tick.price());
    if (byPrice != 0) {
      return byPrice;
    }
    int bySize = Tick.compare(size(index), tick.size());
    if (bySize != 0) {
      return bySize;
    }
    int byBid = Tick.compare(bids == null ? Tick.ABSENT : bids[index], tick.bid());
    return byBid != 0 ? byBid : Tick.compare(asks == null ? Tick.ABSENT : asks[index], tick.ask());
  }

  private void insert(int at, Tick tick) {
    if (size == capacity) {
      grow();
    }
    int moved = size - at;
    if (moved > 0) {
      System.arraycopy(numbers, at * WIDTH, numbers, (at + 1) * WIDTH, moved * WIDTH);
      if (bids != null && asks != null) {
        System.arraycopy(bids, at, bids, at + 1, moved);
        System.arraycopy(asks, at, asks, at + 1, moved);
      }
    }
    size++;
    put(at, tick);
  }

  private void put(int at, Tick tick) {
    int first = at * WIDTH;
    numbers[first] = tick.srcMicros();
    numbers[first + SEQ] = tick.seq();
    numbers[first + PRICE] = Double.doubleToRawLongBits(tick.price());
    numbers[first + SIZE] = Double.doubleToRawLongBits(tick.size());
    boolean quoted = !Double.isNaN(tick.bid()) || !Double.isNaN(tick.ask());
    if (quoted && bids == null) {
      bids = absent();
      asks = absent();
    }
    if (bids != null && asks != null) {
      bids[at] = tick.bid();
      asks[at] = tick.ask();
    }
  }

  private double[] absent() {
    double[] all = new double[capacity];
    Arrays.fill(all, Tick.ABSENT);
    return all;
  }

  private void grow() {
    capacity = size + (size >> 1) + FIRST_CAPACITY;
    numbers = Arrays.copyOf(numbers, capacity * WIDTH);
    if (bids != null && asks != null) {
      bids = Arrays.copyOf(bids, capacity);
      asks = Arrays.copyOf(asks, capacity);
    }
  }
}
