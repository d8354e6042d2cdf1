package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.checkpoint.Lease;
import java.time.Duration;

/// How a worker that owns shards reads them, and when the windows that it builds are closed: the
/// keys that `micro_batch` and `inference` share.
///
/// @param maxBatchSize entries read at once
/// @param allowLate a window is emitted when the watermark is this far past its end
/// @param reviseLate and sealed when it is this much further
/// @param flushTimeout after this long at the log's end, windows whose end has passed are emitted
/// @param silenceSeal a lane silent for this long has its windows sealed
/// @param lease how long a shard stays owned without a sign of life
/// @param maxRetainedEvents distinct events held in memory per shard
public record ShardConfig(
    int maxBatchSize,
    Duration allowLate,
    Duration reviseLate,
    Duration flushTimeout,
    Duration silenceSeal,
    Duration lease,
    int maxRetainedEvents) {
  static final ShardConfig DEFAULT =
      new ShardConfig(
          5_000,
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMinutes(15),
          Duration.ofSeconds(15),
          2_000_000);

  private static final long DAY_MS = 86_400_000L;

  /// A value of a key, within bounds.
  private interface Reader {
    long read(String key, long fallback, long min, long max);
  }

  /// The keys of a section that has all of them; [#DEFAULT] where one is absent.
  static ShardConfig read(Section section) {
    return read(section.scalars()::whole, DEFAULT);
  }

  /// The keys of a section that has only those that differ from another one's.
  static ShardConfig readDiffering(Section section, ShardConfig from) {
    Scalars values = section.scalars();
    return read(
        (key, fallback, min, max) -> values.optionalWhole(key, min, max).orElse(fallback), from);
  }

  private static ShardConfig read(Reader values, ShardConfig fallback) {
    return new ShardConfig(
        (int) values.read("max_batch_size", fallback.maxBatchSize, 1, 1_000_000),
        millis(values, "allow_late_ms", fallback.allowLate, 0, DAY_MS),
        millis(values, "revise_late_ms", fallback.reviseLate, 0, DAY_MS),
        millis(values, "flush_timeout_ms", fallback.flushTimeout, 1, DAY_MS),
        millis(values, "silence_seal_ms", fallback.silenceSeal, 1_000, 30 * DAY_MS),
        millis(values, "lease_ms", fallback.lease, Lease.SHORTEST.toMillis(), DAY_MS),
        (int) values.read("max_retained_events", fallback.maxRetainedEvents, 1_000, 500_000_000));
  }

  private static Duration millis(Reader values, String key, Duration fallback, long min, long max) {
    return Duration.ofMillis(values.read(key, fallback.toMillis(), min, max));
  }
}
