package dev.mdp.pipeline.window;

import dev.mdp.core.event.Tick;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The distinct events of one symbol over one stretch of event time, ordered by `(srcMicros, seq)`:
/// what tells a duplicate, and what a window is computed from again after a conflict. 32 bytes an
/// event, 48 with quotes. One thread.
final class RetainedEvents implements ByStart.Starting {
  private static final int FIRST_CAPACITY = 4;
  private static final int MOST_EXPECTED = 16_384;

  private final long start;
  private final Stretch stretch;
  private int size;
  private long[] srcMicros;
  private long[] seqs;
  private double[] prices;
  private double[] sizes;
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
  RetainedEvents(long start, Stretch stretch, int expected) {
    int capacity = Math.min(expected, MOST_EXPECTED);
    capacity += (capacity >> 3) + FIRST_CAPACITY;
    this.start = start;
    this.stretch = stretch;
    this.srcMicros = new long[capacity];
    this.seqs = new long[capacity];
    this.prices = new double[capacity];
    this.sizes = new double[capacity];
  }

  @Override
  public long start() {
    return start;
  }

  Stretch stretch() {
    return stretch;
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

  /// Whether any event may lie in `[from, to)`.
  boolean touches(long from, long to) {
    return size > 0 && srcMicros[0] < to && srcMicros[size - 1] >= from;
  }

  long srcMicros(int index) {
    return srcMicros[index];
  }

  long seq(int index) {
    return seqs[index];
  }

  double price(int index) {
    return prices[index];
  }

  double size(int index) {
    return sizes[index];
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
    int byTime = Long.compare(srcMicros[index], tick.srcMicros());
    return byTime != 0 ? byTime : Long.compare(seqs[index], tick.seq());
  }

  /// The order of [Tick#comparePayload].
  private int comparePayload(int index, Tick tick) {
    int byPrice = Tick.compare(prices[index], tick.price());
    if (byPrice != 0) {
      return byPrice;
    }
    int bySize = Tick.compare(sizes[index], tick.size());
    if (bySize != 0) {
      return bySize;
    }
    int byBid = Tick.compare(bids == null ? Tick.ABSENT : bids[index], tick.bid());
    return byBid != 0 ? byBid : Tick.compare(asks == null ? Tick.ABSENT : asks[index], tick.ask());
  }

  private void insert(int at, Tick tick) {
    if (size == srcMicros.length) {
      grow();
    }
    int moved = size - at;
    if (moved > 0) {
      System.arraycopy(srcMicros, at, srcMicros, at + 1, moved);
      System.arraycopy(seqs, at, seqs, at + 1, moved);
      System.arraycopy(prices, at, prices, at + 1, moved);
      System.arraycopy(sizes, at, sizes, at + 1, moved);
      if (bids != null && asks != null) {
        System.arraycopy(bids, at, bids, at + 1, moved);
        System.arraycopy(asks, at, asks, at + 1, moved);
      }
    }
    size++;
    put(at, tick);
  }

  private void put(int at, Tick tick) {
    srcMicros[at] = tick.srcMicros();
    seqs[at] = tick.seq();
    prices[at] = tick.price();
    sizes[at] = tick.size();
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
    double[] all = new double[srcMicros.length];
    Arrays.fill(all, Tick.ABSENT);
    return all;
  }

  private void grow() {
    int capacity = size + (size >> 1) + FIRST_CAPACITY;
    srcMicros = Arrays.copyOf(srcMicros, capacity);
    seqs = Arrays.copyOf(seqs, capacity);
    prices = Arrays.copyOf(prices, capacity);
    sizes = Arrays.copyOf(sizes, capacity);
    if (bids != null && asks != null) {
      bids = Arrays.copyOf(bids, capacity);
      asks = Arrays.copyOf(asks, capacity);
    }
  }
}
