package dev.mdp.core.feed;

import dev.mdp.core.error.ConfigException;
import java.time.Duration;
import java.util.Locale;

/// How a difference between a venue's clock and ours is told. Stateless.
public final class ClockDifference {
  private ClockDifference() {}

  /// The error of a venue whose trades cannot be used by these clocks.
  ///
  /// @param allowed how far trades may be ahead
  public static ConfigException tooFarAhead(String provider, Duration ahead, Duration allowed) {
    return new ConfigException(
        ("the clock of %s is %s ahead of this machine's, and trades more than %s ahead are refused"
                + " (micro_batch.max_future_ms): set this machine's clock right, see timedatectl or"
                + " chronyc tracking")
            .formatted(provider, words(ahead), words(allowed)));
  }

  /// `1.5 s`, without a sign.
  public static String words(Duration difference) {
    return String.format(Locale.ROOT, "%.1f s", difference.abs().toMillis() / 1_000.0);
  }
}
