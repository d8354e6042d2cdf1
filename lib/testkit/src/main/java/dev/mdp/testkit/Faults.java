package dev.mdp.testkit;

/// Where a fake may fail: a test throws from here.
@FunctionalInterface
public interface Faults {
  Faults NONE = _ -> {};

  /// Called at a named point, e.g. `commit.before` or `commit.after`.
  void at(String point);
}
