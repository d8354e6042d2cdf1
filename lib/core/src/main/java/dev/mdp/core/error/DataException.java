package dev.mdp.core.error;

import org.jspecify.annotations.Nullable;

/// A data file, a dataset or a row is bad: exit 65. The message names the place.
public final class DataException extends MdpException {
  public DataException(String message) {
    this(message, null);
  }

  public DataException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
