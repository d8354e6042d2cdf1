package dev.mdp.pipeline.infer;

import dev.mdp.features.window.Slice;
import dev.mdp.pipeline.window.EmittedWindow;

/// A window of ticks as a slice for features.
public final class DecidedSlice {
  private DecidedSlice() {}

  public static Slice of(EmittedWindow window) {
    return new Slice(
        window.start(),
        window.open(),
        window.high(),
        window.low(),
        window.close(),
        window.atStart(),
        window.count(),
        window.volume(),
        window.notional());
  }
}
