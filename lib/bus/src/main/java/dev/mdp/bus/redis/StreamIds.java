package dev.mdp.bus.redis;

import dev.mdp.core.bus.Position;
import java.nio.charset.StandardCharsets;

/// Entry ids of Redis, `major-minor` with unsigned 64-bit parts, as positions and back.
final class StreamIds {
  private static final String MAX_MINOR = "18446744073709551615";

  private StreamIds() {}

  /// The id after which reading has to begin so that the entry at this position is the first one.
  static String justBefore(Position position) {
    if (position.minor() > 0) {
      return position.major() + "-" + (position.minor() - 1);
    }
    return position.major() == 0 ? "0-0" : (position.major() - 1) + "-" + MAX_MINOR;
  }

  /// The largest position before this one; [Position#START] when there is none.
  static Position predecessor(Position position) {
    if (position.minor() > 0) {
      return new Position(position.major(), position.minor() - 1);
    }
    return position.major() == 0
        ? Position.START
        : new Position(position.major() - 1, Long.MAX_VALUE);
  }

  /// When Redis made the id, microseconds since the epoch.
  static long appendMicros(Position position) {
    return Math.min(position.major(), Long.MAX_VALUE / 1_000L) * 1_000L;
  }

  static Position parse(Object bulk) {
    return Position.parse(new String((byte[]) bulk, StandardCharsets.US_ASCII));
  }
}
