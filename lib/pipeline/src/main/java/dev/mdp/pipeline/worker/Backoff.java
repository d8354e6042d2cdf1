package dev.mdp.pipeline.worker;

import java.time.Duration;

/// How long to wait before the next try: doubling from 100 ms to 5 s. One thread.
public final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofSeconds(5);

  private Duration next = FIRST;

  public Duration next() {
    Duration now = next;
    Duration doubled = now.multipliedBy(2);
    next = doubled.compareTo(MOST) > 0 ? MOST : doubled;
    return now;
  }

  public void reset() {
    next = FIRST;
  }
}
