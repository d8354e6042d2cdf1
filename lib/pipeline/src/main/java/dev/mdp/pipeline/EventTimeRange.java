package dev.mdp.pipeline;

/// From which to which event time something was handled since the last commit. One thread.
public final class EventTimeRange {
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  public void observe(long srcMicros) {
    earliest = Math.min(earliest, srcMicros);
    latest = Math.max(latest, srcMicros);
  }

  public void clear() {
    earliest = Long.MAX_VALUE;
    latest = Long.MIN_VALUE;
  }

  /// The smallest event time, or `Long.MAX_VALUE`.
  public long earliest() {
    return earliest;
  }

  /// The largest event time, or `Long.MIN_VALUE`.
  public long latest() {
    return latest;
  }
}
