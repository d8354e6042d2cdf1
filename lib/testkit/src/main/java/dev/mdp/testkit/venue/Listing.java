package dev.mdp.testkit.venue;

import java.util.Arrays;

/// One symbol of a [Market]: how much of its series has been released, and whether it trades.
/// Guarded by its market.
final class Listing {
  /// What the venue says of a symbol.
  enum Status {
    ONLINE,
    HALTED,
    /// Delisted: the venue does not know it any more.
    GONE
  }

  private final Series series;
  private final long[] releasedAt;
  private int released;
  private Status status = Status.ONLINE;

  Listing(Series series) {
    this.series = series;
    this.releasedAt = new long[series.size()];
  }

  Series series() {
    return series;
  }

  String symbol() {
    return series.symbol();
  }

  Status status() {
    return status;
  }

  void becomes(Status next) {
    status = next;
  }

  /// How many of its trades have been released.
  int released() {
    return released;
  }

  boolean canRelease() {
    return status == Status.ONLINE && released < series.size();
  }

  /// Releases its next trade; returns its index.
  int releaseNext(long nanoTime) {
    releasedAt[released] = nanoTime;
    return released++;
  }

  /// How many had been released at that time.
  int releasedBy(long nanoTime) {
    int found = Arrays.binarySearch(releasedAt, 0, released, nanoTime);
    int count = found >= 0 ? found : -found - 1;
    while (count < released && releasedAt[count] <= nanoTime) {
      count++;
    }
    return count;
  }
}
