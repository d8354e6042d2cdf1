package dev.mdp.core.error;

import org.jspecify.annotations.Nullable;

/// Another process holds what is needed (a lease, a lock, a row): exit 75 for one-shots.
public non-sealed class ConflictException extends MdpException {
  public ConflictException(String message) {
    this(message, null);
  }

  public ConflictException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
