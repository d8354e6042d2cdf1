package dev.mdp.ops.audit;

import dev.mdp.core.audit.TwiceAudit.Moved;

/// What came of the search for trades that are stored twice.
///
/// @param found copies that were too many
public record TwiceResult(long found, Moved moved) {
  /// Those that are still there.
  public long left() {
    return found - moved.trades();
  }
}
