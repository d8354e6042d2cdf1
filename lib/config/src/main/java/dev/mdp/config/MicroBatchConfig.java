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
/// @param shards how they are read, and when windows are closed
/// @param maxFuture how far an event may be ahead of its entry's append time, for all groups
public record MicroBatchConfig(List<Interval> windows, ShardConfig shards, Duration maxFuture) {
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
    List<Interval> windows = section.lists().list("windows", List.of(), Interval::parse);
    MicroBatchConfig config =
        new MicroBatchConfig(
            windows.isEmpty() ? List.of(window) : windows,
            ShardConfig.read(section),
            Duration.ofMillis(values.whole("max_future_ms", 5_000, 0, DAY_MS)));
    config.check(section);
    return config;
  }

  private void check(Section section) {
    if (new HashSet<>(windows).size() < windows.size()) {
      section.problem("windows", "names an interval twice (60s and 1m are the same): " + windows);
    }
    if (windows.size() > Interval.MOST_AT_ONCE) {
      section.problem(
          "windows",
          "at most %d intervals in one pass, were %d"
              .formatted(Interval.MOST_AT_ONCE, windows.size()));
    }
    if (maxFuture.compareTo(shards.reviseLate()) > 0) {
      section.problem(
          "max_future_ms",
          "must be at most revise_late_ms (%d), was %d: else an event ahead of its time could seal windows"
              .formatted(shards.reviseLate().toMillis(), maxFuture.toMillis()));
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
}
