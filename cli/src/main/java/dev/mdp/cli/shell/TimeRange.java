package dev.mdp.cli.shell;

import dev.mdp.core.event.Micros;
import java.time.Instant;

/// A half-open range of time: `from` belongs to it, `to` does not.
public record TimeRange(Instant from, Instant to) {
  public TimeRange {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("--from must be before --to, was " + from + " and " + to);
    }
  }

  public long fromMicros() {
    return Micros.of(from);
  }

  public long toMicros() {
    return Micros.of(to);
  }

  @Override
  public String toString() {
    return "[" + from + ", " + to + ")";
  }
}
