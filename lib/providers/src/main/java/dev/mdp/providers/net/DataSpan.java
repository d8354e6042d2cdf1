package dev.mdp.providers.net;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// For how long messages came. The feed's thread.
final class DataSpan {
  private boolean any;
  private long firstMicros;
  private long lastMicros;

  void add(long micros) {
    firstMicros = any ? firstMicros : micros;
    lastMicros = micros;
    any = true;
  }

  /// From the first to the last.
  Duration length() {
    return Duration.of(Math.max(0, lastMicros - firstMicros), ChronoUnit.MICROS);
  }
}
