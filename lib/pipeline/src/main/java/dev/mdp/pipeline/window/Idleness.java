package dev.mdp.pipeline.window;

/// Whether a lane is idle: the reader has reached the log's end since the lane's last entry, and
/// some time has passed. The wall clock comes in as an argument. One thread.
final class Idleness {
  private boolean touched;
  private boolean caughtUp;
  private long lastSeenMicros;

  /// An entry of the lane was read.
  void touch() {
    touched = true;
  }

  /// After a read: when it was, and whether it reached the log's end.
  void read(long nowMicros, boolean reachedEnd) {
    if (touched) {
      touched = false;
      caughtUp = false;
      lastSeenMicros = nowMicros;
    }
    caughtUp |= reachedEnd;
  }

  boolean isIdle(long nowMicros, long timeoutMicros) {
    return caughtUp && nowMicros - lastSeenMicros >= timeoutMicros;
  }
}
