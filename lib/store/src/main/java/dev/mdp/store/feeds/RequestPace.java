package dev.mdp.store.feeds;

import java.time.Duration;

/// How grants of a budget are spaced, so that within any minute, wherever it begins, no more is
/// spent than the limit. Grants are spread evenly: after a pause there is no burst to catch up.
///
/// A grant is paid for by the time that must pass after it, at a rate by which a whole minute costs
/// the limit less a second's share; that share is left for the last grant of a minute, whose price
/// falls behind the minute's end. What a grant has more than this share is paid for in advance.
///
/// @param perMinute the limit, in the venue's units of weight
record RequestPace(int perMinute) {
  /// What is left of a grant is given up after this long, so that no process hoards what others
  /// could use.
  static final Duration LIFE = Duration.ofMillis(500);

  /// A grant is spent within its life, and one request may travel longer than another: what arrives
  /// within one minute was granted within this time.
  private static final double SPAN_SECONDS = 62;

  private static final int GRANTS = 120;
  private static final int SECONDS = 60;

  RequestPace {
    if (perMinute < 1) {
      throw new IllegalArgumentException("a limit of " + perMinute + " a minute");
    }
  }

  /// How much to ask for when a request needs this: half a second's share, or what it needs. Throws
  /// [IllegalArgumentException] for what the limit never allows.
  int grant(int weight) {
    if (weight < 1 || weight > perMinute) {
      throw new IllegalArgumentException(
          "a request of weight %d, of %d a minute".formatted(weight, perMinute));
    }
    return Math.max(weight, perMinute / GRANTS);
  }

  /// The seconds after a grant before the next one may be given.
  double costSeconds(int grant) {
    return grant * unitSeconds();
  }

  /// The seconds that a grant has to wait longer than its predecessor's cost.
  double leadSeconds(int grant) {
    return Math.max(0, grant - 1 - share()) * unitSeconds();
  }

  private double unitSeconds() {
    return SPAN_SECONDS / (perMinute - share());
  }

  private int share() {
    return perMinute / SECONDS;
  }
}
