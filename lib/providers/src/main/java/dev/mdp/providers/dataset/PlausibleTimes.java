package dev.mdp.providers.dataset;

import dev.mdp.core.event.Micros;

/// Which event times a dataset may have. A time read in the wrong unit is another year: thousands
/// of years ahead, or 1970.
///
/// @param earliestMicros inclusive
/// @param latestMicros exclusive
/// @param judgesJumps whether two neighbouring rows that lie [#JUMP_YEARS] apart are refused, too
public record PlausibleTimes(long earliestMicros, long latestMicros, boolean judgesJumps) {
  /// 1990-01-01T00:00:00Z: the earliest of a dataset that does not say otherwise.
  public static final long DEFAULT_EARLIEST = 631_152_000_000_000L;

  static final int JUMP_YEARS = 10;
  private static final long JUMP_MICROS = JUMP_YEARS * 365L * 86_400_000_000L;

  /// Every time there is.
  public static final PlausibleTimes ALL = new PlausibleTimes(Micros.MIN, Micros.MAX, false);

  boolean has(long micros) {
    return micros >= earliestMicros && micros < latestMicros;
  }

  boolean isJump(long fromMicros, long toMicros) {
    return judgesJumps && Math.abs(toMicros - fromMicros) >= JUMP_MICROS;
  }
}
