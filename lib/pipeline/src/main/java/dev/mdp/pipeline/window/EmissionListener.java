package dev.mdp.pipeline.window;

import dev.mdp.core.event.Bar;

/// Takes the bars that are to be written.
@FunctionalInterface
public interface EmissionListener {
  /// @param first whether this owner emits the window for the first time and saw all its events
  ///   itself
  /// @param waited how many events waited for it in the ledger's `open`
  void emitted(Bar bar, boolean first, long waited);
}
