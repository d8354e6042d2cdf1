package dev.mdp.pipeline.ticks;

import java.time.Duration;

/// How ticks are stored.
///
/// @param consumer this member's name within the group
/// @param batchSize how many ticks are worth a transaction before the flush timeout
/// @param maxRead the most entries of one read, so the most ticks of one transaction
/// @param flushTimeout how long a tick may wait for its transaction
/// @param claimIdle how long another consumer may hold an entry unacknowledged before it is taken
///   over
/// @param maxFutureMicros how far ahead of the log's clock an event may be
/// @param acceptDataLoss whether a log that lost entries, or is another one, is no reason to stop
/// @param runId the job run that every write reports to
public record TickSettings(
    String topic,
    String group,
    String consumer,
    int shards,
    int batchSize,
    int maxRead,
    Duration flushTimeout,
    Duration claimIdle,
    long maxFutureMicros,
    boolean acceptDataLoss,
    long runId) {
  public TickSettings {
    if (batchSize <= 0 || maxRead < batchSize) {
      throw new IllegalArgumentException(
          "batch_size must be positive and at most the read size, was " + batchSize);
    }
  }
}
