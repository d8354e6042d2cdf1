package dev.mdp.ops.feed;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A value for each second, in stretches of equal ones: what is painted later covers what was
/// painted before. One thread.
final class PaintedTime<T> {
  private final TreeMap<Long, T> fromThere = new TreeMap<>();

  PaintedTime(T everywhere) {
    fromThere.put(Long.MIN_VALUE, everywhere);
  }

  /// @param to exclusive; nothing is painted when it is not after `from`
  void paint(long from, long to, T value) {
    if (from >= to) {
      return;
    }
    T after = at(to);
    fromThere.subMap(from, true, to, true).clear();
    begin(from, value);
    begin(to, after);
  }

  private void begin(long second, T value) {
    Map.Entry<Long, T> before = fromThere.lowerEntry(second);
    if (before == null || !before.getValue().equals(value)) {
      fromThere.put(second, value);
    }
  }

  T at(long second) {
    return Objects.requireNonNull(fromThere.floorEntry(second)).getValue();
  }

  /// The first second after this one at which another stretch begins; `Long.MAX_VALUE` in the last.
  long until(long second) {
    Map.Entry<Long, T> following = fromThere.higherEntry(second);
    return following == null ? Long.MAX_VALUE : following.getKey();
  }
}
