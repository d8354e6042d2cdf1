package dev.mdp.pipeline;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.checkpoint.JudgedBy;
import dev.mdp.core.event.Tick;

/// How far ahead of the log's clock an event may be: an entry that is read again is classified by
/// the limit that was in force when it was read first.
///
/// @param judgedBy what classified the entries that are read again
/// @param maxFutureMicros classifies all others
public record FutureLimit(JudgedBy judgedBy, long maxFutureMicros) {
  /// @param known the entry was classified before the last restart
  public boolean isExceededBy(Tick tick, Delivery delivery, boolean known) {
    long limit =
        known ? judgedBy.maxFutureOf(delivery.position(), maxFutureMicros) : maxFutureMicros;
    return tick.isAheadOf(delivery.appendMicros(), limit);
  }
}
