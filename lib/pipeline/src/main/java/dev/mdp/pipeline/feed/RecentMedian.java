package dev.mdp.pipeline.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/// The median of the last few values, none of them older than a minute; the smaller of two in the
/// middle. Empty until there are three, so that one or two wild ones decide nothing. One thread.
final class RecentMedian {
  private static final int LEAST = 3;
  private static final int MOST = 5;
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Deque<Value> values = new ArrayDeque<>();

  private record Value(Instant at, long value) {}

  void add(Instant at, long value) {
    values.addLast(new Value(at, value));
    while (values.size() > MOST || values.getFirst().at().isBefore(at.minus(FRESH))) {
      values.removeFirst();
    }
  }

  OptionalLong value() {
    return values.size() < LEAST
        ? OptionalLong.empty()
        : OptionalLong.of(lower(values.stream().mapToLong(Value::value).sorted().toArray()));
  }

  /// The last value; empty when there is none.
  OptionalLong last() {
    return values.isEmpty() ? OptionalLong.empty() : OptionalLong.of(values.getLast().value());
  }

  /// @param sorted at least one
  static long lower(long[] sorted) {
    return sorted[(sorted.length - 1) / 2];
  }
}
