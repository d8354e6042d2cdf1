package dev.mdp.ops.feed;

import java.util.Locale;

/// Why a second has a trade or none: exactly one of these for each. Of several holes that touch a
/// second the first in this order counts.
public enum TimeWord {
  /// There is a missing trade that nothing explains.
  UNEXPLAINED,
  /// There is a hole that the venue is being asked for.
  OPEN,
  /// Trades that were published are not stored, and will not come.
  FILLED,
  /// What may be on the way takes too long, or no one stores it.
  UNVERIFIED,
  /// Trades may be on the way, or the venue has not shown yet that there was none.
  PENDING,
  /// The venue refuses the series.
  REFUSED,
  /// Trades were refused here.
  DEAD_LETTERED,
  /// The venue does not keep the trades any more.
  GONE,
  /// No one can know.
  BLIND,
  /// Older than the oldest tick that is kept.
  UNVERIFIABLE,
  /// At least one trade is stored.
  TRADES,
  /// The ids of the trades around it show that there was none.
  QUIET,
  /// The market was closed, by its calendar.
  CLOSED,
  /// The venue had stopped trading.
  HALTED,
  /// No one wanted the series.
  UNSUBSCRIBED,
  /// There was no connection, and nothing is known yet.
  DOWN,
  /// The feed was live and brought no trade, and no ids show that there was none.
  UNPROVED;

  /// The word in tables and JSON.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What missing ids make of the seconds around them. What the venue itself does not have leaves
  /// them quiet.
  static TimeWord of(IdWord word) {
    return switch (word) {
      case UNEXPLAINED -> UNEXPLAINED;
      case OPEN -> OPEN;
      case FILLED -> FILLED;
      case UNVERIFIED -> UNVERIFIED;
      case PENDING -> PENDING;
      case REFUSED -> REFUSED;
      case DEAD_LETTERED -> DEAD_LETTERED;
      case GONE -> GONE;
      case BLIND -> BLIND;
      case UNVERIFIABLE -> UNVERIFIABLE;
      case VOID -> QUIET;
    };
  }
}
