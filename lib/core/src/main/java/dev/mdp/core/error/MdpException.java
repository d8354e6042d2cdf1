package dev.mdp.core.error;

import org.jspecify.annotations.Nullable;

/// The root of all expected failures. The subclass is the category (and so the exit code); the
/// message says what happened, the value and what to do.
public abstract sealed class MdpException extends RuntimeException
    permits ConfigException, DataException, UnavailableException, ConflictException {

  protected MdpException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
