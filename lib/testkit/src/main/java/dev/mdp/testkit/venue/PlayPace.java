package dev.mdp.testkit.venue;

/// How many trades are due by when at a steady rate, from a start on. One thread.
final class PlayPace {
  private final double perSecond;
  private final long startNanos;
  private long done;

  PlayPace(double perSecond, long startNanos) {
    this.perSecond = perSecond;
    this.startNanos = startNanos;
  }

  /// How many have become due since this was asked last.
  int due(long nanos) {
    long all = (long) ((nanos - startNanos) / 1e9 * perSecond);
    int due = (int) Math.clamp(all - done, 0L, Integer.MAX_VALUE);
    done += due;
    return due;
  }
}
