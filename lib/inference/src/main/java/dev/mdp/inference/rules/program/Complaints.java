package dev.mdp.inference.rules.program;

/// Takes the problems of a condition.
@FunctionalInterface
public interface Complaints {
  /// @param offset where in the condition's text
  void add(int offset, String message);
}
