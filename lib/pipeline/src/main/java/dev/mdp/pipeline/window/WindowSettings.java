package dev.mdp.pipeline.window;

import dev.mdp.core.event.Interval;
import java.util.List;

/// What decides when a window is emitted and sealed. Durations in microseconds of event time,
/// `silenceSealMicros` and `maxFutureMicros` against the log's append time.
///
/// @param section of the configuration that these are from, for messages
/// @param intervals at least one, distinct; kept from the shortest to the longest
/// @param maxRetainedEvents the cap of distinct events kept in memory for one shard
public record WindowSettings(
    String section,
    List<Interval> intervals,
    long allowLateMicros,
    long reviseLateMicros,
    long silenceSealMicros,
    long maxFutureMicros,
    long maxRetainedEvents) {
  public WindowSettings {
    intervals = intervals.stream().sorted().distinct().toList();
    if (intervals.isEmpty()) {
      throw new IllegalArgumentException("at least one interval is needed");
    }
    if (intervals.size() > Interval.MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          "at most " + Interval.MOST_AT_ONCE + " intervals in one pass, were " + intervals.size());
    }
    if (allowLateMicros < 0
        || reviseLateMicros < 0
        || silenceSealMicros <= 0
        || maxFutureMicros < 0
        || maxRetainedEvents <= 0) {
      throw new IllegalArgumentException(
          "lateness must not be negative, the silence and the cap must be positive");
    }
  }

  /// The same for other intervals.
  public WindowSettings withIntervals(List<Interval> others) {
    return new WindowSettings(
        section,
        others,
        allowLateMicros,
        reviseLateMicros,
        silenceSealMicros,
        maxFutureMicros,
        maxRetainedEvents);
  }

  /// How long after a window's end the watermark must be for the window to be sealed.
  long sealAfterMicros() {
    return allowLateMicros + reviseLateMicros;
  }

  /// The longest time that divides the windows of every interval: what is in one such slice shares
  /// all its windows. Mostly the shortest interval.
  Interval slice() {
    return Interval.divisor(intervals, List.of());
  }

  Interval longest() {
    return intervals.getLast();
  }
}
