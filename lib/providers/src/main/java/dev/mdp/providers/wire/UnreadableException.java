package dev.mdp.providers.wire;

import java.io.IOException;

/// A text that is not what the venue sends; the message says why.
public final class UnreadableException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreadableException(String message) {
    super(message);
  }
}
