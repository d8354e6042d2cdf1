package dev.mdp.core.feature;

import java.util.Arrays;
import java.util.Optional;

/// The statistics there are. An *evaluation bar* is the bar of one evaluation window that had at
/// least one tick; windows without a tick have none.
public enum FeatureKind {
  /// Notional / volume of the horizon's ticks, exact and rounded once; undefined at zero volume.
  VWAP("vwap", "vwap", Extent.HORIZON),
  /// The price over the last one at or before the horizon's start, minus 1; undefined over a price
  /// that is not positive.
  RET("ret", "ret", Extent.HORIZON),
  /// Sample standard deviation of the log returns between the horizon's evaluation bars.
  VOL("vol", "volatility", Extent.HORIZON),
  /// Relative strength index with Wilder's averages, 0 to 100.
  RSI("rsi", "rsi", Extent.BARS),
  /// Rate of change: the close over the close n evaluation bars before, minus 1; undefined over a
  /// close that is not positive.
  MOM("mom", "momentum", Extent.BARS),
  /// Adjusted Fisher–Pearson skewness of the horizon's log returns.
  SKEW("skew", "skewness", Extent.HORIZON),
  /// Adjusted Fisher–Pearson excess kurtosis of the horizon's log returns.
  KURT("kurt", "kurtosis", Extent.HORIZON),
  OPEN("open", "open", Extent.HORIZON),
  HIGH("high", "high", Extent.HORIZON),
  LOW("low", "low", Extent.HORIZON),
  CLOSE("close", "close", Extent.HORIZON),
  /// The sum of the horizon's sizes.
  VOLUME("volume", "volume", Extent.HORIZON);

  /// What says how far back a statistic looks.
  public enum Extent {
    /// A time before the evaluation: `horizon`.
    HORIZON,
    /// A number of evaluation bars: `periods`.
    BARS
  }

  private final String prefix;
  private final String plainName;
  private final Extent extent;

  FeatureKind(String prefix, String plainName, Extent extent) {
    this.prefix = prefix;
    this.plainName = plainName;
    this.extent = extent;
  }

  /// How names of this kind begin, before the first `_`; also its name as a `kind:`.
  public String prefix() {
    return prefix;
  }

  /// What a condition calls the one configured feature of this kind.
  public String plainName() {
    return plainName;
  }

  public Extent extent() {
    return extent;
  }

  /// The kind that a name's prefix says: `vwap` of `vwap_1m`.
  public static Optional<FeatureKind> ofName(String name) {
    int end = name.indexOf('_');
    String prefix = end < 0 ? name : name.substring(0, end);
    return ofPrefix(prefix);
  }

  public static Optional<FeatureKind> ofPrefix(String prefix) {
    return Arrays.stream(values()).filter(kind -> kind.prefix.equals(prefix)).findFirst();
  }
}
