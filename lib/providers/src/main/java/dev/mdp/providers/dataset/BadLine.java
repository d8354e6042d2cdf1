package dev.mdp.providers.dataset;

import dev.mdp.core.error.DataException;

/// One line of a file cannot be used, while those after it can be read. What is wrong with the file
/// as a whole is a [DataException] at once.
final class BadLine extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final DataException error;

  BadLine(DataException error) {
    super(error.getMessage(), error);
    this.error = error;
  }

  /// As it is told where bad lines are refused.
  DataException error() {
    return error;
  }
}
