package dev.mdp.ops.feed;

import dev.mdp.core.feed.GapState;
import java.util.Locale;

/// Why no stored trade has an id: exactly one of these for each. A missing id that several noted
/// holes touch has the first of their words in this order.
public enum IdWord {
  /// No hole is noted, and nothing is on the way: a trade was lost, or never seen.
  UNEXPLAINED,
  /// The venue is being asked for it, or will be.
  OPEN,
  /// It was published, and what stores the ticks has passed it without storing it.
  FILLED,
  /// On the way into the table, and no process is alive that stores it, or it takes too long.
  UNVERIFIED,
  /// On the way into the table, or not noted yet.
  PENDING,
  /// The venue refuses to be asked.
  REFUSED,
  /// Refused here: a dead letter.
  DEAD_LETTERED,
  /// The venue does not keep it any more.
  GONE,
  /// No one can know.
  BLIND,
  /// Older than the oldest tick that is kept.
  UNVERIFIABLE,
  /// The venue itself has no such trade.
  VOID;

  /// Whether someone has to do something about it.
  public boolean isFinding() {
    return switch (this) {
      case UNEXPLAINED, OPEN, FILLED, UNVERIFIED -> true;
      case PENDING, REFUSED, DEAD_LETTERED, GONE, BLIND, UNVERIFIABLE, VOID -> false;
    };
  }

  /// The word in tables and JSON.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static IdWord of(GapState state) {
    return switch (state) {
      case OPEN -> OPEN;
      case FILLED -> FILLED;
      case VOID -> VOID;
      case GONE -> GONE;
      case DEAD_LETTERED -> DEAD_LETTERED;
      case BLIND -> BLIND;
      case REFUSED -> REFUSED;
    };
  }
}
