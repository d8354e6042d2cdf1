package dev.mdp.bus.kafka;

import dev.mdp.core.bus.Position;

/// Offsets as positions and back. The entry at offset n has the position `n-1`, minor part 1: so
/// that of offset 0 is after [Position#START], which is before every entry.
final class Offsets {
  private Offsets() {}

  static Position position(long offset) {
    return new Position(offset, 1);
  }

  /// The position of the last entry before this offset.
  static Position before(long offset) {
    return offset <= 0 ? Position.START : position(offset - 1);
  }

  /// The first offset whose position is at or after this one.
  static long atOrAfter(Position position) {
    return position.minor() <= 1 ? position.major() : position.major() + 1;
  }

  /// The first offset whose position is after this one.
  static long after(Position position) {
    return position.minor() < 1 ? position.major() : position.major() + 1;
  }

  /// Whether an entry can have this position.
  static boolean isEntry(Position position) {
    return position.minor() == 1;
  }
}
