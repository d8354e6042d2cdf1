package dev.mdp.inference.onnx;

import org.jspecify.annotations.Nullable;

/// A model could not score a batch.
public final class ScoringException extends Exception {
  private static final long serialVersionUID = 1;

  public ScoringException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
