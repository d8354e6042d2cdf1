package dev.mdp.providers.dataset;

/// What is before the JSON of a line (`prefix`).
public enum LinePrefix {
  NONE,
  /// When the recorder took the line in: nanoseconds since the epoch by its clock, then a space.
  EPOCH_NS
}
