package dev.mdp.core.bus;

import dev.mdp.core.event.MarketEvent;

/// One entry of the log as a consumer gets it: an event, or the reason why it is none.
public sealed interface Delivery {
  int shard();

  Position position();

  /// When the log took the entry, microseconds since the epoch, by the bus's clock.
  long appendMicros();

  /// Whether the group was given this entry before (a competing consumer's claim or re-read).
  boolean redelivered();

  record Decoded(
      int shard, Position position, long appendMicros, boolean redelivered, MarketEvent event)
      implements Delivery {}

  /// @param provider as far as it is known, else `unknown`
  /// @param reason a word of [DeadLetter]'s vocabulary
  /// @param detail what exactly is wrong, for people; never longer than 200 characters
  /// @param data the entry's raw bytes
  record Malformed(
      int shard,
      Position position,
      long appendMicros,
      boolean redelivered,
      String provider,
      String reason,
      String detail,
      byte[] data)
      implements Delivery {
    public static final String UNKNOWN_PROVIDER = "unknown";
  }
}
