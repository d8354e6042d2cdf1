package dev.mdp.core.error;

import org.jspecify.annotations.Nullable;

/// The bus or the database cannot be reached or cannot take more now: exit 69 at start, retried
/// with backoff later.
public sealed class UnavailableException extends MdpException permits RateLimitedException {
  public UnavailableException(String message) {
    this(message, null);
  }

  public UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
