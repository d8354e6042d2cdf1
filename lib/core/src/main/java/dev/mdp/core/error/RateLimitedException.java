package dev.mdp.core.error;

import java.time.Duration;

/// A server wants to be asked later.
public final class RateLimitedException extends UnavailableException {
  private final Duration retryAfter;

  public RateLimitedException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
