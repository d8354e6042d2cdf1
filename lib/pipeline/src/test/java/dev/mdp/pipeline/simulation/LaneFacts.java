package dev.mdp.pipeline.simulation;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Tick;
import dev.mdp.pipeline.window.WindowSettings;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the log has said of one `(provider, lane)` so far, by the words of the definition: its
/// watermark, what is sealed, which events its windows hold.
final class LaneFacts {
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final WindowSettings settings;

  /// The longest time of which every interval is a multiple: memory is let go in such slices.
  private final long sliceMicros;

  private final Map<Interval, Long> sealedByForce = new HashMap<>();
  private final Map<Identity, Tick> kept = new HashMap<>();
  private final TreeMap<Long, Set<Identity>> slices = new TreeMap<>();
  final Map<WindowKey, TreeMap<Place, Tick>> windows = new HashMap<>();
  private long watermark = NEVER;
  private long lastAppend = NEVER;

  record Identity(String symbol, long srcMicros, long seq) {}

  record WindowKey(String symbol, Interval interval, long start) {}

  /// Where an event stands in its window.
  record Place(long srcMicros, long seq) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return srcMicros != other.srcMicros
          ? Long.compare(srcMicros, other.srcMicros)
          : Long.compare(seq, other.seq);
    }
  }

  LaneFacts(WindowSettings settings) {
    this.settings = settings;
    this.sliceMicros =
        settings.intervals().stream()
            .map(interval -> BigInteger.valueOf(interval.micros()))
            .reduce(BigInteger.ZERO, BigInteger::gcd)
            .longValueExact();
  }

  /// An entry of this lane is judged now.
  void touch(long newestAppend) {
    sealIfSilent(newestAppend);
    lastAppend = newestAppend;
  }

  void sealIfSilent(long newestAppend) {
    if (watermark == NEVER || newestAppend - lastAppend <= settings.silenceSealMicros()) {
      return;
    }
    long lateness = settings.allowLateMicros() + settings.reviseLateMicros();
    for (Interval interval : settings.intervals()) {
      for (long end = endOf(interval, watermark);
          end > sealedByForce.getOrDefault(interval, NEVER)
              && end > watermark - 2 * lateness - interval.micros();
          end -= interval.micros()) {
        if (end + lateness <= newestAppend) {
          force(interval, end);
        }
      }
    }
  }

  /// The lane is over, or silent: nothing up to the newest event's window is open.
  void sealAll() {
    if (watermark != NEVER) {
      settings.intervals().forEach(interval -> force(interval, endOf(interval, watermark)));
    }
  }

  void advance(long srcMicros) {
    watermark = Math.max(watermark, srcMicros);
  }

  boolean isSealed(Interval interval, long srcMicros) {
    long end = endOf(interval, srcMicros);
    return end <= sealedByForce.getOrDefault(interval, NEVER)
        || watermark >= end + settings.allowLateMicros() + settings.reviseLateMicros();
  }

  /// The payload that is kept of this event so far, or null for a new one.
  Tick known(Tick tick) {
    return kept.get(identity(tick));
  }

  /// Takes an event, or a smaller payload of one, into those of its windows that are not sealed.
  void take(Tick tick) {
    Identity identity = identity(tick);
    kept.put(identity, tick);
    long slice = Math.floorDiv(tick.srcMicros(), sliceMicros) * sliceMicros;
    slices.computeIfAbsent(slice, _ -> new HashSet<>()).add(identity);
    for (Interval interval : settings.intervals()) {
      if (!isSealed(interval, tick.srcMicros())) {
        windows
            .computeIfAbsent(
                new WindowKey(tick.symbol().value(), interval, startOf(interval, tick.srcMicros())),
                _ -> new TreeMap<>())
            .put(new Place(tick.srcMicros(), tick.seq()), tick);
      }
    }
  }

  /// How many events unsealed windows need. Whatever was sealed stays so.
  long retained() {
    slices.keySet().removeIf(this::isWhollySealed);
    return slices.values().stream().mapToLong(Set::size).sum();
  }

  /// The oldest slice, when all of its windows that are not sealed are past their allowed lateness,
  /// or the largest long.
  long oldestSealable() {
    if (retained() == 0) {
      return Long.MAX_VALUE;
    }
    long start = slices.firstKey();
    for (Interval interval : settings.intervals()) {
      if (!isSealed(interval, start)
          && endOf(interval, start) + settings.allowLateMicros() > watermark) {
        return Long.MAX_VALUE;
      }
    }
    return start;
  }

  /// The memory is full: every window that holds this slice, and all before, are sealed.
  void sealEarly(long sliceStart) {
    settings.intervals().forEach(interval -> force(interval, endOf(interval, sliceStart)));
  }

  private boolean isWhollySealed(long sliceStart) {
    return settings.intervals().stream().allMatch(interval -> isSealed(interval, sliceStart));
  }

  private void force(Interval interval, long end) {
    sealedByForce.merge(interval, end, Math::max);
  }

  private static Identity identity(Tick tick) {
    return new Identity(tick.symbol().value(), tick.srcMicros(), tick.seq());
  }

  static long startOf(Interval interval, long srcMicros) {
    long beyond = srcMicros % interval.micros();
    return srcMicros - (beyond < 0 ? beyond + interval.micros() : beyond);
  }

  private static long endOf(Interval interval, long srcMicros) {
    return startOf(interval, srcMicros) + interval.micros();
  }
}
