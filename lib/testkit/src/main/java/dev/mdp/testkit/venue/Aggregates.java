package dev.mdp.testkit.venue;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/// The aggregates of a series; aggregate 1 has index 0. Immutable.
final class Aggregates extends AbstractList<Aggregate> implements RandomAccess {
  private final Series series;

  /// Index of the first trade of each aggregate, and the number of trades after them.
  private final int[] starts;

  Aggregates(Series series) {
    this.series = series;
    int[] found = new int[series.size() + 1];
    int count = 0;
    for (int i = 0; i < series.size(); i++) {
      if (i == 0 || !series.isMerged(i - 1, i)) {
        found[count++] = i;
      }
    }
    found[count] = series.size();
    starts = Arrays.copyOf(found, count + 1);
  }

  @Override
  public int size() {
    return starts.length - 1;
  }

  @Override
  public Aggregate get(int index) {
    Trade first = series.trade(starts[index]);
    long size = 0;
    for (int i = starts[index]; i < starts[index + 1]; i++) {
      size += series.trade(i).size();
    }
    return new Aggregate(
        index + 1L,
        first.id(),
        series.id(starts[index + 1] - 1),
        first.nanos(),
        first.price(),
        size,
        first.buyerIsMaker());
  }

  /// How many aggregates are whole when this many trades are known.
  int wholeIn(int trades) {
    int found = Arrays.binarySearch(starts, trades);
    return found >= 0 ? found : -found - 2;
  }

  /// The aggregate that this trade is the last one of, or -1.
  int endingAt(int trade) {
    int next = Arrays.binarySearch(starts, trade + 1);
    return next > 0 ? next - 1 : -1;
  }

  /// The index of the first aggregate whose trades are all at this index or after it.
  int startingFrom(int trade) {
    int found = Arrays.binarySearch(starts, trade);
    return found >= 0 ? found : -found - 1;
  }
}
