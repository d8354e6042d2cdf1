package dev.mdp.core.bus;

import dev.mdp.core.event.MarketEvent;
import java.util.List;

/// Appends events to their shards. One thread at a time.
public interface Publisher extends AutoCloseable {
  /// Appends all events and returns when every one is acknowledged. Blocks while the bus is full,
  /// and retries with the same identity while it is away; never drops. An event may be in the log
  /// twice after a retry. A [dev.mdp.core.event.LaneEnd] is appended to every shard, after
  /// everything before it in the list was acknowledged.
  ///
  /// Throws [dev.mdp.core.error.UnavailableException] when the bus stayed away longer than the
  /// publisher's retry time; the caller may publish the same list again.
  void publish(List<? extends MarketEvent> events);

  @Override
  void close();
}
