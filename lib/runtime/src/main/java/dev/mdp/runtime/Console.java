package dev.mdp.runtime;

/// Where a worker's process speaks to the operator, besides its log.
public interface Console {
  /// A line that `--quiet` leaves out.
  void say(String line);

  /// A line that the operator should see in any case.
  void warn(String line);

  void flush();
}
