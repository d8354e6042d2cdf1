package dev.mdp.ops.feed;

/// Seconds since the epoch of times in microseconds.
final class Seconds {
  private static final long MICROS = 1_000_000;

  private Seconds() {}

  /// The second that has this time.
  static long of(long micros) {
    return Math.floorDiv(micros, MICROS);
  }

  /// The first second after the one that has this time; of the latest times the last there is.
  static long after(long micros) {
    return micros == Long.MAX_VALUE ? Long.MAX_VALUE : of(micros) + 1;
  }

  /// The first second that begins at or after this time.
  static long from(long micros) {
    return Math.ceilDiv(micros, MICROS);
  }
}
