package dev.mdp.config;

/// A file, or a pattern of files, that a dataset names.
///
/// @param text relative to the working directory
/// @param place where the configuration names it, such as `streaming.yaml:14:12`
public record DatasetPath(String text, String place) {
  /// As the configuration has it.
  @Override
  public String toString() {
    return text;
  }
}
