package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.event.Interval;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/// `micro_batch`: how ticks become bars.
///
/// @param windows the intervals built in one pass: `windows`, or `window_ms` alone
/// @param maxBatchSize entries read at once
/// @param allowLate a window is emitted when the watermark is this far past its end
/// @param reviseLate and sealed when it is this much further
/// @param flushTimeout after this long at the log's end, windows whose end has passed are emitted
/// @param silenceSeal a lane silent for this long has its windows sealed
/// @param maxFuture how far an event may be ahead of its entry's append time
/// @param lease how long a shard stays owned without a sign of life
/// @param maxRetainedEvents distinct events held in memory per shard
public record MicroBatchConfig(
    List<Interval> windows,
    int maxBatchSize,
    Duration allowLate,
    Duration reviseLate,
    Duration flushTimeout,
    Duration silenceSeal,
    Duration maxFuture,
    Duration lease,
    int maxRetainedEvents) {
  private static final int MAX_WINDOWS = 31;
  private static final long DAY_MS = 86_400_000L;

  public MicroBatchConfig {
    windows = List.copyOf(windows);
  }

  static MicroBatchConfig read(Section section) {
    section
        .retired("window", "one window is 'window_ms', several are 'windows: [2s, 1m]'")
        .retired("window_size", "one window is 'window_ms', several are 'windows: [2s, 1m]'");
    Scalars values = section.scalars();
    Interval window = window(section, values.whole("window_ms", 2_000, 1, 366 * DAY_MS));
    List<Interval> windows = values.list("windows", List.of(), Interval::parse);
    MicroBatchConfig config =
        new MicroBatchConfig(
            windows.isEmpty() ? List.of(window) : windows,
            values.integer("max_batch_size", 5_000, 1, 1_000_000),
            millis(values, "allow_late_ms", 500, 0, DAY_MS),
            millis(values, "revise_late_ms", 10_000, 0, DAY_MS),
            millis(values, "flush_timeout_ms", 1_000, 1, DAY_MS),
            millis(values, "silence_seal_ms", 900_000, 1_000, 30 * DAY_MS),
            millis(values, "max_future_ms", 5_000, 0, DAY_MS),
            millis(values, "lease_ms", 15_000, 1_000, DAY_MS),
            values.integer("max_retained_events", 2_000_000, 1_000, 500_000_000));
    config.check(section);
    return config;
  }

  private void check(Section section) {
    if (new HashSet<>(windows).size() < windows.size()) {
      section.problem("windows", "names an interval twice (60s and 1m are the same): " + windows);
    }
    if (windows.size() > MAX_WINDOWS) {
      section.problem(
          "windows",
          "at most %d intervals in one pass, were %d".formatted(MAX_WINDOWS, windows.size()));
    }
    if (maxFuture.compareTo(reviseLate) > 0) {
      section.problem(
          "max_future_ms",
          "must be at most revise_late_ms (%d), was %d: else an event ahead of its time could seal windows"
              .formatted(reviseLate.toMillis(), maxFuture.toMillis()));
    }
  }

  private static Interval window(Section section, long millis) {
    try {
      return Interval.window(millis);
    } catch (IllegalArgumentException e) {
      section.problem(
          "window_ms", e.getMessage() + ": windows: [" + Interval.ofMillis(millis) + "]");
      return Interval.ofMillis(millis);
    }
  }

  private static Duration millis(Scalars values, String key, long fallback, long min, long max) {
    return Duration.ofMillis(values.whole(key, fallback, min, max));
  }
}
