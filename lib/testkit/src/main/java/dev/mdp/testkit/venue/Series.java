package dev.mdp.testkit.venue;

import dev.mdp.core.feed.IdRange;
import dev.mdp.core.feed.IdSet;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The trades of one symbol, ascending by id, in arrays: a million of them take 41 MB. Immutable.
final class Series {
  private final String symbol;
  private final long[] ids;
  private final long[] nanos;
  private final long[] prices;
  private final long[] sizes;
  private final long[] orders;
  private final boolean[] buyerIsMaker;
  private @Nullable Aggregates aggregates;

  /// @param trades asked once for each index, ascending
  Series(String symbol, int size, IntFunction<Trade> trades) {
    this.symbol = symbol;
    ids = new long[size];
    nanos = new long[size];
    prices = new long[size];
    sizes = new long[size];
    orders = new long[size];
    buyerIsMaker = new boolean[size];
    for (int i = 0; i < size; i++) {
      Trade trade = trades.apply(i);
      if (i > 0 && trade.id() <= ids[i - 1]) {
        throw new IllegalArgumentException(
            "%s: trade %d follows trade %d; a tape's ids ascend"
                .formatted(symbol, trade.id(), ids[i - 1]));
      }
      ids[i] = trade.id();
      nanos[i] = trade.nanos();
      prices[i] = trade.price();
      sizes[i] = trade.size();
      orders[i] = trade.order();
      buyerIsMaker[i] = trade.buyerIsMaker();
    }
  }

  String symbol() {
    return symbol;
  }

  int size() {
    return ids.length;
  }

  Trade trade(int index) {
    return new Trade(
        ids[index], nanos[index], prices[index], sizes[index], buyerIsMaker[index], orders[index]);
  }

  long id(int index) {
    return ids[index];
  }

  long nanos(int index) {
    return nanos[index];
  }

  /// The index of the first trade with this id or a higher one; [#size] when there is none.
  int indexFrom(long id) {
    int found = Arrays.binarySearch(ids, id);
    return found >= 0 ? found : -found - 1;
  }

  /// The index of the first trade after this time; [#size] when there is none.
  int indexAfter(long time) {
    int low = 0;
    int high = ids.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (nanos[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /// Whether two neighbours belong to one aggregate.
  boolean isMerged(int index, int next) {
    return orders[index] == orders[next] && prices[index] == prices[next];
  }

  synchronized Aggregates aggregates() {
    Aggregates made = aggregates;
    if (made == null) {
      made = new Aggregates(this);
      aggregates = made;
    }
    return made;
  }

  IdSet ids() {
    IdSet set = new IdSet();
    int from = 0;
    for (int i = 1; i <= ids.length; i++) {
      if (i == ids.length || ids[i] != ids[i - 1] + 1) {
        set.add(new IdRange(ids[from], ids[i - 1]));
        from = i;
      }
    }
    return set;
  }

  List<Trade> trades() {
    return new Trades();
  }

  private final class Trades extends AbstractList<Trade> implements RandomAccess {
    @Override
    public Trade get(int index) {
      return trade(index);
    }

    @Override
    public int size() {
      return ids.length;
    }
  }
}
