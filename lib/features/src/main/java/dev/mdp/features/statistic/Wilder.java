package dev.mdp.features.statistic;

import java.nio.ByteBuffer;

/// The relative strength index, 0 to 100 (J. W. Wilder, "New Concepts in Technical Trading
/// Systems", 1978): 100 · G / (G + L), where G and L begin as the mean gain and loss of the first n
/// changes, and each further change makes G = (G · (n − 1) + gain) / n. No value before n changes,
/// and none while neither gains nor losses are left.
public final class Wilder implements Recursive {
  private static final int STATE_BYTES = Integer.BYTES + 3 * Double.BYTES;

  private final int periods;
  private int closes;
  private double former;
  private double gain;
  private double loss;

  public Wilder(int periods) {
    this.periods = periods;
  }

  @Override
  public void add(double close) {
    if (closes > 0) {
      average(Math.max(0, close - former), Math.max(0, former - close));
    }
    former = close;
    closes = Math.min(closes + 1, periods + 1);
  }

  private void average(double newGain, double newLoss) {
    if (closes <= periods) {
      // sums, until there are enough of them
      gain += newGain;
      loss += newLoss;
      if (closes == periods) {
        gain /= periods;
        loss /= periods;
      }
      return;
    }
    gain = (gain * (periods - 1) + newGain) / periods;
    loss = (loss * (periods - 1) + newLoss) / periods;
    if (gain < Double.MIN_NORMAL && loss < Double.MIN_NORMAL) {
      // below this a double has no relation left to keep
      gain = 0;
      loss = 0;
    }
  }

  @Override
  public double value() {
    double both = gain + loss;
    return closes <= periods || both == 0 ? Double.NaN : 100 * (gain / both);
  }

  @Override
  public int stateBytes() {
    return STATE_BYTES;
  }

  @Override
  public void save(ByteBuffer state) {
    state.putInt(closes).putDouble(former).putDouble(gain).putDouble(loss);
  }

  @Override
  public void restore(ByteBuffer state) {
    if (state.remaining() != STATE_BYTES) {
      throw new IllegalArgumentException(
          "want " + STATE_BYTES + " bytes, were " + state.remaining());
    }
    int savedCloses = state.getInt();
    double savedFormer = state.getDouble();
    double savedGain = state.getDouble();
    double savedLoss = state.getDouble();
    if (savedCloses < 0 || savedCloses > periods + 1) {
      throw new IllegalArgumentException(
          "want 0 to " + (periods + 1) + " closes, were " + savedCloses);
    }
    boolean finite = Double.isFinite(savedFormer + savedGain + savedLoss);
    if (!finite || savedGain < 0 || savedLoss < 0) {
      throw new IllegalArgumentException("want finite averages of at least 0");
    }
    closes = savedCloses;
    former = savedFormer;
    gain = savedGain;
    loss = savedLoss;
  }
}
