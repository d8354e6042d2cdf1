package dev.mdp.store.feeds;

import dev.mdp.core.feed.RequestLimit;
import java.time.Duration;

/// How grants of a budget are spaced, so that within any window, wherever it begins, no more is
/// spent than the limit. Grants are spread evenly: after a pause there is no burst to catch up.
///
/// A grant is paid for by the time that must pass after it, at a rate by which a whole window costs
/// the limit less a part of it; that part is left for the last grant of a window, whose price falls
/// behind the window's end. What a grant has more than this part is paid for in advance.
///
/// What is live goes before refills by a head start: it is granted so much earlier than it is paid
/// for, and refills wait until it is. The rate is lower by as much, so that a window in which the
/// head start was used keeps the limit too.
///
/// @param limit in the venue's units of weight
record RequestPace(RequestLimit limit) {
  /// What is left of a grant is given up after this long, so that no process hoards what others
  /// could use.
  static final Duration LIFE = Duration.ofMillis(500);

  /// A grant is spent within its life, and one request may travel longer than another: what arrives
  /// within one window was granted within this much more.
  private static final double SPARE_SECONDS = 2;

  private static final int PARTS = 60;
  private static final int GRANTS = 2 * PARTS;

  /// So small a limit has nothing to spare for a head start.
  private static final int SMALL = 10;

  /// How much to ask for when a refill needs this: half a second's share, or what it needs. Throws
  /// [IllegalArgumentException] for what the limit never allows.
  int grant(int weight) {
    requireAllowed(weight);
    long halfSecond = limit.most() * 500L / limit.window().toMillis();
    return Math.max(weight, (int) Math.min(limit.most() / GRANTS, halfSecond));
  }

  /// Throws [IllegalArgumentException] for what the limit never allows.
  void requireAllowed(int weight) {
    if (weight < 1 || weight > limit.most()) {
      throw new IllegalArgumentException(
          "a request of weight %d, of %d in %d s"
              .formatted(weight, limit.most(), limit.window().toSeconds()));
    }
  }

  /// The seconds after a grant before the next one may be given.
  double costSeconds(int grant) {
    return grant * unitSeconds();
  }

  /// The seconds that a grant has to wait longer than its predecessor's cost.
  double leadSeconds(int grant) {
    return Math.max(0, grant - 1 - part()) * unitSeconds();
  }

  /// The seconds that what is live is granted earlier than a refill.
  double headStartSeconds() {
    return headStart() * unitSeconds();
  }

  private double unitSeconds() {
    double span = limit.window().toMillis() / 1_000.0 + SPARE_SECONDS;
    return span / (limit.most() - part() - headStart());
  }

  private int headStart() {
    return limit.most() < SMALL ? 0 : Math.ceilDiv(limit.most(), GRANTS);
  }

  private int part() {
    return limit.most() / PARTS;
  }
}
