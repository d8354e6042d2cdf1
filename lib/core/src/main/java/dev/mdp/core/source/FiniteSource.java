package dev.mdp.core.source;

import java.util.OptionalDouble;

/// A source with an end, of which it is known how far it has come: a file, a range of the store.
public interface FiniteSource extends EventSource {
  /// The share of the work that is done, 0 to 1, never going back; empty when it is not known. For
  /// progress and ETA only: it counts bytes or time, not events.
  OptionalDouble progress();
}
