package dev.mdp.features.statistic;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The last close over the one n closes before, minus 1. No value before n + 1 closes, nor when the
/// former one is not positive.
public final class RateOfChange implements Recursive {
  private static final int SMALLEST_RING = 16;

  private final int periods;
  private double[] ring;
  private int closes;
  private int next;

  public RateOfChange(int periods) {
    this.periods = periods;
    ring = new double[Math.min(SMALLEST_RING, periods + 1)];
  }

  /// `price / base - 1`; NaN for a base that is not positive, over which a rise and a fall would
  /// change their signs (from -10 to -37.63 would be +276 %), and where it is not a number.
  public static double between(double base, double price) {
    double change = base > 0 ? price / base - 1 : Double.NaN;
    return Double.isFinite(change) ? change : Double.NaN;
  }

  @Override
  public void add(double close) {
    if (next == ring.length) {
      if (ring.length <= periods) {
        ring = Arrays.copyOf(ring, Math.min(2 * ring.length, periods + 1));
      } else {
        next = 0;
      }
    }
    ring[next++] = close;
    closes = Math.min(closes + 1, periods + 1);
  }

  @Override
  public double value() {
    if (closes <= periods) {
      return Double.NaN;
    }
    return between(ring[next % ring.length], ring[next - 1]);
  }

  @Override
  public int stateBytes() {
    return closes * Double.BYTES;
  }

  /// The closes, the oldest first.
  @Override
  public void save(ByteBuffer state) {
    for (int i = closes; i > 0; i--) {
      state.putDouble(ring[Math.floorMod(next - i, ring.length)]);
    }
  }

  @Override
  public void restore(ByteBuffer state) {
    int saved = state.remaining() / Double.BYTES;
    if (saved * Double.BYTES != state.remaining() || saved > periods + 1) {
      throw new IllegalArgumentException(
          "want at most " + (periods + 1) + " closes, were " + state.remaining() + " bytes");
    }
    RateOfChange restored = new RateOfChange(periods);
    while (state.hasRemaining()) {
      double close = state.getDouble();
      if (!Double.isFinite(close)) {
        throw new IllegalArgumentException("want finite closes, was " + close);
      }
      restored.add(close);
    }
    ring = restored.ring;
    closes = restored.closes;
    next = restored.next;
  }
}
