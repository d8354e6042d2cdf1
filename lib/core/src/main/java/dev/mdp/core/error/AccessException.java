package dev.mdp.core.error;

import org.jspecify.annotations.Nullable;

/// A server refuses this user, password or right: exit 78 at start. A worker that has started waits
/// instead, because passwords are rotated and grants are put back while it runs.
public final class AccessException extends ConfigException {
  public AccessException(String message) {
    this(message, null);
  }

  public AccessException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
