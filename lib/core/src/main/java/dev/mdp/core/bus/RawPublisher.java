package dev.mdp.core.bus;

import java.time.Instant;
import java.util.List;

/// Appends payloads as they are, past every encoder: entries that were in the log before and are to
/// come again with the same identity. One thread at a time.
public interface RawPublisher extends AutoCloseable {
  /// Appends all payloads to this shard, in order, and returns when every one is acknowledged.
  /// Retries while the bus is away, so that a payload may be in the log twice.
  ///
  /// Throws [dev.mdp.core.error.UnavailableException] when the bus stayed away longer than the
  /// publisher's retry time.
  void publish(int shard, List<byte[]> payloads);

  /// Takes entries off this shard that were appended before this time, about, where the bus does
  /// not see to it by itself. Tries once.
  ///
  /// Throws [dev.mdp.core.error.UnavailableException] when the bus is away.
  void trim(int shard, Instant appendedBefore);

  @Override
  void close();
}
