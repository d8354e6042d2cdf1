package dev.mdp.store.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToIntFunction;

/// Neighbours in a batch that is sorted by key: one range of the index finds what the table has for
/// all of them.
///
/// @param from the index of the first in the batch
/// @param to the index after the last
public record RowSpan<T>(T first, T last, int from, int to) {

  /// Cuts the batch wherever two rows do not belong together.
  public static <T> List<RowSpan<T>> of(List<T> sorted, BiPredicate<T, T> together) {
    List<RowSpan<T>> spans = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || !together.test(sorted.get(i - 1), sorted.get(i))) {
        spans.add(new RowSpan<>(sorted.get(from), sorted.get(i - 1), from, i));
        from = i;
      }
    }
    return spans;
  }

  /// The index in the batch of the row that compares as equal, or -1.
  ///
  /// @param comparison of a row of the batch with what is sought
  public int find(List<T> sorted, ToIntFunction<T> comparison) {
    int low = from;
    int high = to - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = comparison.applyAsInt(sorted.get(middle));
      if (order == 0) {
        return middle;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
