package dev.mdp.core.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Trade ids, kept as ranges that neither overlap nor touch: one range for a series without holes,
/// however long it is. Ids are not negative. One thread.
public final class IdSet {
  private final NavigableMap<Long, Long> lastByFirst = new TreeMap<>();

  /// The range of the highest ids, which nearly every id is added to; null when there is none.
  private @Nullable IdRange top;

  /// Returns whether the id was not there.
  public boolean add(long id) {
    if (contains(id)) {
      return false;
    }
    add(new IdRange(id, id));
    return true;
  }

  public void add(IdRange range) {
    IdRange highest = top;
    if (highest != null && range.first() == highest.last() + 1) {
      grow(highest, range.last());
      return;
    }
    long first = range.first();
    long last = range.last();
    Map.Entry<Long, Long> below = lastByFirst.floorEntry(first);
    if (below != null && below.getValue() >= first - 1) {
      first = below.getKey();
    }
    Map.Entry<Long, Long> next = lastByFirst.ceilingEntry(first);
    while (next != null && next.getKey() <= last + 1) {
      last = Math.max(last, next.getValue());
      lastByFirst.remove(next.getKey());
      next = lastByFirst.ceilingEntry(first);
    }
    lastByFirst.put(first, last);
    Map.Entry<Long, Long> highestNow = lastByFirst.lastEntry();
    top = new IdRange(highestNow.getKey(), highestNow.getValue());
  }

  private void grow(IdRange highest, long last) {
    lastByFirst.put(highest.first(), last);
    top = new IdRange(highest.first(), last);
  }

  public boolean contains(long id) {
    IdRange highest = top;
    if (highest == null || id > highest.last()) {
      return false;
    }
    if (id >= highest.first()) {
      return true;
    }
    Map.Entry<Long, Long> below = lastByFirst.floorEntry(id);
    return below != null && id <= below.getValue();
  }

  public boolean isEmpty() {
    return top == null;
  }

  /// The highest id up to which every id from the first is present. The set is not empty.
  public long contiguousThrough() {
    return lastByFirst.firstEntry().getValue();
  }

  /// What is not in the set of these ids, ascending.
  public List<IdRange> missing(IdRange of) {
    List<IdRange> missing = new ArrayList<>();
    long next = of.first();
    Map.Entry<Long, Long> at = lastByFirst.floorEntry(next);
    if (at == null) {
      at = lastByFirst.ceilingEntry(next);
    }
    while (at != null && at.getKey() <= of.last() && next <= of.last()) {
      if (at.getKey() > next) {
        missing.add(new IdRange(next, at.getKey() - 1));
      }
      next = Math.max(next, at.getValue() + 1);
      at = lastByFirst.higherEntry(at.getKey());
    }
    if (next <= of.last()) {
      missing.add(new IdRange(next, of.last()));
    }
    return missing;
  }

  /// What is in the set of these ids, ascending.
  public List<IdRange> common(IdRange of) {
    List<IdRange> common = new ArrayList<>();
    List<IdRange> gaps = missing(of);
    long next = of.first();
    for (IdRange gap : gaps) {
      if (gap.first() > next) {
        common.add(new IdRange(next, gap.first() - 1));
      }
      next = gap.last() + 1;
    }
    if (gaps.isEmpty() || gaps.getLast().last() < of.last()) {
      common.add(new IdRange(next, of.last()));
    }
    return common;
  }

  /// Takes these ids out of the set.
  public void remove(IdRange range) {
    for (IdRange each : common(range)) {
      Map.Entry<Long, Long> holder = Objects.requireNonNull(lastByFirst.floorEntry(each.first()));
      long first = holder.getKey();
      long last = holder.getValue();
      lastByFirst.remove(first);
      if (first < each.first()) {
        lastByFirst.put(first, each.first() - 1);
      }
      if (last > each.last()) {
        lastByFirst.put(each.last() + 1, last);
      }
    }
    Map.Entry<Long, Long> highest = lastByFirst.lastEntry();
    top = highest == null ? null : new IdRange(highest.getKey(), highest.getValue());
  }

  /// All ids, ascending.
  public List<IdRange> ranges() {
    List<IdRange> ranges = new ArrayList<>(lastByFirst.size());
    lastByFirst.forEach((first, last) -> ranges.add(new IdRange(first, last)));
    return ranges;
  }

  @Override
  public String toString() {
    return ranges().toString();
  }
}
