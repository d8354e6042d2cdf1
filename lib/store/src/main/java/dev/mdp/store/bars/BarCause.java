package dev.mdp.store.bars;

import dev.mdp.core.checkpoint.PendingRepair;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.MarketEvent;
import java.util.Set;

/// The words of `bars_ohlcv.cause`: why a bar's present values were written. A bar that was written
/// once, as its window was emitted, has none.
public final class BarCause {
  /// An event came after the bar was written.
  static final String LATE = "late";

  /// The venue's history filled a hole after the window was sealed.
  static final String FILL = "fill";

  /// `verify bars --repair` or `--build`.
  public static final String REPAIR = "repair";

  /// A tick of it was corrected or taken back (`tick_corrections`).
  public static final String CORRECTION = "correction";

  /// Who sends the bar sent another one.
  static final String PROVIDER = "provider";

  /// A replay had other values.
  static final String REPLAY = "replay";

  private static final String NONE = "";

  private BarCause() {}

  /// Of a bar that was not there.
  static String ofFirst(Bar bar, Set<PendingRepair> filled) {
    return isFilled(bar, filled) ? FILL : NONE;
  }

  /// Of a bar that takes the place of another one.
  static String ofChange(Bar bar, Set<PendingRepair> filled) {
    if (isFilled(bar, filled)) {
      return FILL;
    }
    if (bar.isExternal()) {
      return PROVIDER;
    }
    return bar.lane().equals(MarketEvent.LIVE) ? LATE : REPLAY;
  }

  private static boolean isFilled(Bar bar, Set<PendingRepair> filled) {
    return !filled.isEmpty()
        && filled.contains(
            new PendingRepair(bar.provider(), bar.symbol(), bar.interval(), bar.startMicros()));
  }
}
