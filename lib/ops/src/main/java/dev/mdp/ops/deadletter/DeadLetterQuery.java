package dev.mdp.ops.deadletter;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Position;
import org.jspecify.annotations.Nullable;

/// Which dead letters: every condition that is given must hold.
///
/// @param group the whole name of a consumer group, or its last word
/// @param symbol as [dev.mdp.core.event.Symbol] spells it
/// @param first where a scan begins
public record DeadLetterQuery(
    @Nullable String reason,
    @Nullable String group,
    @Nullable String provider,
    @Nullable String symbol,
    @Nullable Integer shard,
    Position first) {
  public boolean matches(DeadLetterView letter) {
    DeadLetter dead = letter.dead();
    return (reason == null || dead.reason().equals(reason))
        && (group == null || dead.group().equals(group) || dead.group().endsWith("-" + group))
        && (provider == null || dead.provider().equals(provider))
        && (symbol == null || letter.symbol().equals(symbol))
        && (shard == null || dead.shard() == shard);
  }
}
