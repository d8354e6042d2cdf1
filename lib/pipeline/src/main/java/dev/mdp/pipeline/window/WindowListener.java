package dev.mdp.pipeline.window;

import dev.mdp.core.event.Interval;

/// Takes the windows that are to be handed over.
@FunctionalInterface
public interface WindowListener {
  /// @param window as it is now; it changes after the call
  /// @param waited how many events waited for it in the ledger's `open`
  void emitted(
      String provider,
      String lane,
      Interval interval,
      EmittedWindow window,
      EmissionListener.Kind kind,
      long waited);
}
