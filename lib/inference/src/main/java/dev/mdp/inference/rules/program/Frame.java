package dev.mdp.inference.rules.program;

import java.util.Arrays;

/// What closures see: the numbers of one evaluation, and rings of what was before it. One ring
/// holds the last values of one expression, undefined until there were this many. Single-threaded.
public final class Frame {
  private static final double[] NOTHING = {};

  private final int[] bases;
  private final int[] heads;
  private final double[] slots;
  private double price = Double.NaN;
  private double[] features = NOTHING;

  /// @param depths how many values each ring holds
  public Frame(int[] depths) {
    this.bases = new int[depths.length + 1];
    this.heads = new int[depths.length];
    for (int ring = 0; ring < depths.length; ring++) {
      bases[ring + 1] = bases[ring] + depths[ring];
    }
    this.slots = new double[bases[depths.length]];
    Arrays.fill(slots, Double.NaN);
  }

  /// Moves on to another evaluation; the features are not copied.
  public void show(double price, double[] features) {
    this.price = price;
    this.features = features;
  }

  double price() {
    return defined(price);
  }

  double feature(int index) {
    return defined(features[index]);
  }

  /// The value of this many evaluations ago, from 1 to the ring's depth.
  public double past(int ring, int ago) {
    int slot = heads[ring] - ago;
    return slots[bases[ring] + (slot < 0 ? slot + depth(ring) : slot)];
  }

  /// Adds the newest value of a ring, and forgets the oldest.
  public void push(int ring, double value) {
    int head = heads[ring];
    slots[bases[ring] + head] = value;
    heads[ring] = head + 1 == depth(ring) ? 0 : head + 1;
  }

  public int depth(int ring) {
    return bases[ring + 1] - bases[ring];
  }

  /// Makes everything remembered undefined.
  public void clear() {
    Arrays.fill(slots, Double.NaN);
    Arrays.fill(heads, 0);
  }

  private static double defined(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
