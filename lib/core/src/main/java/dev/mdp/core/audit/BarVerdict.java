package dev.mdp.core.audit;

import java.util.Locale;

/// What a comparison of one window's stored bar with its stored ticks says: exactly one of these,
/// so that they add up to the windows that were looked at.
public enum BarVerdict {
  /// The bar is what the ticks give, to the bit.
  EQUAL,
  /// Another value than the ticks give.
  WRONG,
  /// Ticks, and no bar where a worker should have written one.
  MISSING,
  /// More ticks are stored than the bar counts: they came after the window was sealed.
  LATE,
  /// A bar made from ticks, and none of them is stored.
  WITHOUT_TICKS,
  /// Not sealed yet, or ticks are still on their way into the table: no one can tell.
  PENDING,
  /// As pending, but waiting does not help: no worker is alive that stores the ticks, or it has
  /// been so for longer than a running pipeline takes; and the bar is not what the ticks give by
  /// now.
  UNVERIFIED,
  /// Came as a bar: no ticks to compare it with.
  EXTERNAL,
  /// Older than the oldest tick that is kept.
  UNVERIFIABLE,
  /// Ticks, and no bar, in an interval that no worker built at that time.
  UNBUILT;

  /// Whether someone has to do something about it.
  public boolean isFinding() {
    return this == UNVERIFIED || isRepairable();
  }

  /// Whether the bar may be written from its ticks.
  public boolean isRepairable() {
    return switch (this) {
      case WRONG, MISSING, LATE, WITHOUT_TICKS -> true;
      case EQUAL, PENDING, UNVERIFIED, EXTERNAL, UNVERIFIABLE, UNBUILT -> false;
    };
  }

  /// The word in tables and JSON: `without-ticks`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
