package dev.mdp.bus.redis;

import dev.mdp.core.bus.Position;
import dev.mdp.core.error.DataException;
import java.nio.charset.StandardCharsets;

/// Entry ids of Redis, `major-minor` with unsigned 64-bit parts, as positions and back.
final class StreamIds {
  /// The code of an error that we make for an id with a part of more than 63 bits.
  static final String TOO_LARGE = "IDTOOLARGE";

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

  /// Throws [ServerError] for an id that is not a position.
  static Position parse(Object bulk) throws ServerError {
    String id = new String((byte[]) bulk, StandardCharsets.US_ASCII);
    try {
      return Position.parse(id);
    } catch (IllegalArgumentException e) {
      throw new ServerError(TOO_LARGE + ' ' + id);
    }
  }

  /// What to do about an id that is too large for a position.
  ///
  /// @param error one that begins with [#TOO_LARGE]
  /// @param asked the stream that was asked, unless the error names it
  static DataException tooLarge(RedisAddress address, String asked, ServerError error) {
    String[] words = error.text().split(" ", 3);
    String id = words[1];
    String stream = words.length > 2 && !words[2].isEmpty() ? words[2] : asked;
    return new DataException(
        "stream %s on Redis at %s has the id %s: ids from %d-0 on are not valid positions, and Redis no longer gives an id below it. Nothing after it can be read. Remove it with `redis-cli XDEL %s %s`, set the stream back with `redis-cli XSETID %s ID`, where ID is that of the last good entry, remove each group that was given it with `redis-cli XGROUP DESTROY %s GROUP`, and start again: the groups begin where the database says"
            .formatted(stream, address, id, Long.MAX_VALUE, stream, id, stream, stream));
  }
}
