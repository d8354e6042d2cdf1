package dev.mdp.core.bus;

/// An ordered place in one shard's log: a Redis entry id `major-minor`, or a Kafka offset with
/// minor 1.
public record Position(long major, long minor) implements Comparable<Position> {
  /// Before every entry.
  public static final Position START = new Position(0, 0);

  public Position {
    if (major < 0 || minor < 0) {
      throw new IllegalArgumentException("a position is not negative: " + major + "-" + minor);
    }
  }

  /// Parses `major-minor`, or `major` alone for minor 0.
  public static Position parse(String text) {
    try {
      int dash = text.indexOf('-');
      return dash < 0
          ? new Position(Long.parseLong(text), 0)
          : new Position(
              Long.parseLong(text, 0, dash, 10), Long.parseLong(text, dash + 1, text.length(), 10));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a position: '" + text + "' (want 1760000000000-0)", e);
    }
  }

  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Position other) {
    int byMajor = Long.compare(major, other.major);
    return byMajor != 0 ? byMajor : Long.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "-" + minor;
  }
}
