package dev.mdp.providers.net;

import dev.mdp.core.feed.FeedNotice.Cause;
import java.time.Duration;
import java.util.Locale;

/// How causes and times are written in notices. Stateless.
final class FeedWords {
  private FeedWords() {}

  /// As a close frame may carry it: ASCII, and at most 100 of it.
  static String closeReason(String detail) {
    String plain = detail.replaceAll("[^ -~]", "?");
    return plain.substring(0, Math.min(plain.length(), 100));
  }

  static String of(Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }

  /// `15 s`, `1.5 s`.
  static String of(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0
        ? millis / 1000 + " s"
        : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
