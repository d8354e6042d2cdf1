package dev.mdp.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The root of all expected failures. The subclass is the category (and so the exit code); the
/// message says what happened, the value and what to do.
public abstract sealed class MdpException extends RuntimeException
    permits ConfigException, DataException, UnavailableException, ConflictException {

  private List<Problem> problems = List.of();

  protected MdpException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// What must be put right, one by one; the message says the same in words.
  public final List<Problem> problems() {
    return problems.isEmpty() ? Problem.of(String.valueOf(getMessage())) : problems;
  }

  /// Says what the message is made of, where its text alone does not tell it all.
  public final void madeOf(List<Problem> parts) {
    problems = List.copyOf(parts);
  }
}
