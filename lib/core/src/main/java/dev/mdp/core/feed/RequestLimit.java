package dev.mdp.core.feed;

import java.time.Duration;

/// How much a venue allows all who reach it from one address.
///
/// @param most in the venue's own measure, within any `window`, wherever it begins
public record RequestLimit(int most, Duration window) {
  public RequestLimit {
    if (most < 1 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("not a limit: " + most + " in " + window);
    }
  }
}
