package dev.mdp.testkit.venue;

import dev.mdp.core.feed.IdSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/// Which trades a venue has: what a test compares with in the end. Immutable.
public final class Tape {
  private final Map<String, Series> bySymbol;

  Tape(Collection<Series> all) {
    Map<String, Series> map = new LinkedHashMap<>();
    all.forEach(series -> map.put(series.symbol(), series));
    bySymbol = Map.copyOf(map);
    if (bySymbol.size() != all.size()) {
      throw new IllegalArgumentException("a symbol is on the tape twice: " + all.size());
    }
  }

  /// A tape of made-up trades: equal seeds and equal wishes give equal trades.
  public static TapeBuilder seeded(long seed) {
    return new TapeBuilder(seed);
  }

  /// A tape of these trades, such as were recorded: by the venue's name of the symbol, each
  /// ascending by id.
  public static Tape of(Map<String, List<Trade>> trades) {
    return new Tape(
        trades.entrySet().stream()
            .map(one -> new Series(one.getKey(), one.getValue().size(), one.getValue()::get))
            .toList());
  }

  /// As the venue names them.
  public Set<String> symbols() {
    return bySymbol.keySet();
  }

  /// Every id that the venue ever gives to a trade of the symbol.
  public IdSet ids(String symbol) {
    return series(symbol).ids();
  }

  /// Ascending by id.
  public List<Trade> trades(String symbol) {
    return series(symbol).trades();
  }

  /// The same trades as Binance merges them, ascending by id.
  public List<Aggregate> aggregates(String symbol) {
    return series(symbol).aggregates();
  }

  Series series(String symbol) {
    Series series = bySymbol.get(symbol);
    if (series == null) {
      throw new IllegalArgumentException(
          "no symbol '%s' on the tape (it has: %s)".formatted(symbol, bySymbol.keySet()));
    }
    return series;
  }

  /// The symbols in the order in which trades of equal time follow each other.
  List<Series> all() {
    return bySymbol.values().stream().sorted(Comparator.comparing(Series::symbol)).toList();
  }

  /// All trades by time, each as the place of its series in [#all]; a series' own trades stay in
  /// their order.
  int[] inOrderOfTime() {
    List<Series> all = all();
    int[] next = new int[all.size()];
    PriorityQueue<Integer> earliest =
        new PriorityQueue<>(
            Comparator.comparingLong((Integer at) -> all.get(at).nanos(next[at]))
                .thenComparing(Comparator.naturalOrder()));
    int trades = 0;
    for (int i = 0; i < all.size(); i++) {
      trades += all.get(i).size();
      if (all.get(i).size() > 0) {
        earliest.add(i);
      }
    }
    int[] order = new int[trades];
    for (int i = 0; i < trades; i++) {
      int at = earliest.remove();
      order[i] = at;
      if (++next[at] < all.get(at).size()) {
        earliest.add(at);
      }
    }
    return order;
  }
}
