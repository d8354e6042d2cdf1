package dev.mdp.providers.net;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// For how long a server wants to be left alone, by its header `Retry-After`. Stateless.
final class RetryAfter {
  private static final Duration DEFAULT = Duration.ofSeconds(60);
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofDays(7);

  private RetryAfter() {}

  /// From 1 s to 7 days; 60 s when it does not say, or not in a form that HTTP has.
  static Duration of(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("Retry-After")
        .map(value -> parse(value.strip(), now))
        .orElse(DEFAULT);
  }

  private static Duration parse(String value, Instant now) {
    if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      boolean huge = value.length() > 9;
      return clamp(huge ? MOST : Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return clamp(Duration.between(now, until));
    } catch (DateTimeException _) {
      return DEFAULT;
    }
  }

  private static Duration clamp(Duration wait) {
    if (wait.compareTo(LEAST) < 0) {
      return LEAST;
    }
    return wait.compareTo(MOST) > 0 ? MOST : wait;
  }
}
