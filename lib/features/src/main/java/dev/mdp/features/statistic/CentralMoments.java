package dev.mdp.features.statistic;

import dev.mdp.core.decimal.Rounding;
import java.math.BigInteger;

/// Central moments of a sample, each rounded once from its exact value. What they do not define is
/// NaN: too few numbers, or no variance where one divides by it.
///
/// @param count n
/// @param order up to which power there are moments
/// @param scale all numbers are divided by 2^scale, so that nothing overflows
/// @param second n·Σ(x−μ)², at least 1 and below 4, or 0 when there is no variance
/// @param third n²·Σ(x−μ)³
/// @param fourth n³·Σ(x−μ)⁴
public record CentralMoments(
    long count, int order, int scale, double second, double third, double fourth) {

  static CentralMoments of(
      long count, BigInteger m2, BigInteger m3, BigInteger m4, long exponent, int order) {
    if (m2.signum() == 0) {
      return new CentralMoments(count, order, 0, 0, 0, 0);
    }
    long scale = Math.floorDiv(m2.bitLength() - 1 + 2 * exponent, 2);
    long shift = exponent - scale;
    return new CentralMoments(
        count,
        order,
        Math.toIntExact(scale),
        Rounding.toDouble(m2, 2 * shift),
        Rounding.toDouble(m3, 3 * shift),
        Rounding.toDouble(m4, 4 * shift));
  }

  /// √(Σ(x−μ)²/n), from one number on.
  public double populationDeviation() {
    return count < 1 ? Double.NaN : deviation((double) count * count);
  }

  /// √(Σ(x−μ)²/(n−1)), from two numbers on.
  public double sampleDeviation() {
    return count < 2 ? Double.NaN : deviation((double) count * (count - 1));
  }

  /// The adjusted Fisher–Pearson coefficient G₁ (D. N. Joanes, C. A. Gill, "Comparing measures of
  /// sample skewness and kurtosis", 1998), from three numbers on:
  ///
  /// n·√(n−1)/(n−2) · Σ(x−μ)³ / (Σ(x−μ)²)^1.5
  public double skewness() {
    requireOrder(3);
    if (count < 3 || second == 0) {
      return Double.NaN;
    }
    double n = count;
    double squares = second / n;
    double cubes = third / (n * n);
    return n * Math.sqrt(n - 1) / (n - 2) * (cubes / (squares * Math.sqrt(squares)));
  }

  /// The adjusted excess kurtosis G₂ (Joanes and Gill), from four numbers on:
  ///
  /// n(n+1)(n−1)/((n−2)(n−3)) · Σ(x−μ)⁴ / (Σ(x−μ)²)² − 3(n−1)²/((n−2)(n−3))
  public double excessKurtosis() {
    requireOrder(4);
    if (count < 4 || second == 0) {
      return Double.NaN;
    }
    double n = count;
    double squares = second / n;
    double fourths = fourth / (n * n * n);
    double divisor = (n - 2) * (n - 3);
    double adjusted = n * (n + 1) * (n - 1) * fourths / (divisor * squares * squares);
    return adjusted - 3 * (n - 1) * (n - 1) / divisor;
  }

  private double deviation(double divisor) {
    return Math.scalb(Math.sqrt(second / divisor), scale);
  }

  private void requireOrder(int wanted) {
    if (order < wanted) {
      throw new IllegalStateException("want moments of order " + wanted + ", there are " + order);
    }
  }
}
