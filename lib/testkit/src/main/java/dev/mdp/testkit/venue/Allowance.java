package dev.mdp.testkit.venue;

import java.time.Duration;

/// At most so much in any `window`, however it lies.
///
/// @param most 0: nothing is forbidden
record Allowance(int most, Duration window) {
  static final Allowance UNLIMITED = new Allowance(0, Duration.ofSeconds(1));

  Allowance {
    if (most < 0 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException(
          "%d in %s: want no negative number and a positive window".formatted(most, window));
    }
  }

  boolean isUnlimited() {
    return most == 0;
  }
}
