package dev.mdp.features.statistic;

import java.nio.ByteBuffer;

/// A statistic of closes that depends on all of them, so that its state must be kept: closes are
/// given in order and never taken back. One thread.
public sealed interface Recursive permits Wilder, RateOfChange {
  /// @param close finite
  void add(double close);

  /// The statistic after the last close, NaN when it has none.
  double value();

  /// How many bytes [#save] writes.
  int stateBytes();

  void save(ByteBuffer state);

  /// Continues from what [#save] wrote, up to the limit.
  ///
  /// @throws IllegalArgumentException when it cannot have been written by this statistic
  void restore(ByteBuffer state);
}
