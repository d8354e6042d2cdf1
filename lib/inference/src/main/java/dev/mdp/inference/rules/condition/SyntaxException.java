package dev.mdp.inference.rules.condition;

/// A condition that is none.
public final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final int offset;

  SyntaxException(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  /// Where in the condition's text.
  public int offset() {
    return offset;
  }
}
