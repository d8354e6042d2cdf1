package dev.mdp.pipeline.window;

import dev.mdp.core.event.Bar;

/// Takes the bars that are to be written.
@FunctionalInterface
public interface EmissionListener {
  /// @param waited how many events waited for it in the ledger's `open`
  void emitted(Bar bar, Kind kind, long waited);

  /// How often a window was emitted by this owner.
  enum Kind {
    FIRST,
    /// For the first time by this owner, with events that were read before the last restart: most
    /// often no news.
    REBUILT,
    REVISION
  }
}
