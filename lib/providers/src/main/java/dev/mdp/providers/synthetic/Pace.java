package dev.mdp.providers.synthetic;

import dev.mdp.core.event.Micros;
import java.time.Instant;

/// When a synthetic tick is due: by the clock, or at once.
public sealed interface Pace {
  /// The schedule begins when the source is made; a tick comes when the clock has reached its time.
  record WallClock() implements Pace {}

  /// The schedule begins at a given event time and every tick is due at once: for benchmarks and
  /// tests. Two such sources of equal settings give equal ticks, ingest time included (it is the
  /// event time).
  record AsFastAsAsked(Instant start) implements Pace {
    public AsFastAsAsked {
      if (!Micros.inRange(Micros.of(start))) {
        throw new IllegalArgumentException("start is outside 1900 to 2200: " + start);
      }
    }
  }
}
