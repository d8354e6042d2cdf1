package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import java.time.Duration;

/// `ticks`: how ticks reach `tick_data`.
///
/// @param batchSize rows written in one transaction at most
/// @param flushTimeout how long a smaller batch waits for more
/// @param claimIdle after this long another consumer's unacknowledged entries are taken over
public record TicksConfig(int batchSize, Duration flushTimeout, Duration claimIdle) {
  static TicksConfig read(Section section) {
    Scalars values = section.scalars();
    return new TicksConfig(
        values.integer("batch_size", 1_000, 1, 100_000),
        Duration.ofMillis(values.whole("flush_timeout_ms", 200, 1, 60_000)),
        Duration.ofMillis(values.whole("claim_idle_ms", 30_000, 1_000, 86_400_000)));
  }
}
