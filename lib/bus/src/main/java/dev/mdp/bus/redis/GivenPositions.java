package dev.mdp.bus.redis;

import dev.mdp.core.bus.Position;
import java.util.Arrays;

/// The last entry of each shard that some member is known to have been given: what comes at or
/// before it comes again. One thread.
final class GivenPositions {
  private final Position[] last;

  GivenPositions(int shards) {
    this.last = new Position[shards];
    forget();
  }

  void observe(int shard, Position position) {
    if (position.isAfter(last[shard])) {
      last[shard] = position;
    }
  }

  boolean comesAgain(int shard, Position position) {
    return !position.isAfter(last[shard]);
  }

  void forget() {
    Arrays.fill(last, Position.START);
  }
}
