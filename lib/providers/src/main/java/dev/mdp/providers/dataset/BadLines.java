package dev.mdp.providers.dataset;

/// What to do with a line that cannot be used: not JSON, another number of columns, a value that is
/// missing or none.
public enum BadLines {
  REFUSE,
  /// Skipped and counted. A file of nothing else is refused.
  SKIP
}
