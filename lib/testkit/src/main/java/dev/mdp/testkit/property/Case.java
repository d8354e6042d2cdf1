package dev.mdp.testkit.property;

/// A property of one case: throws when it does not hold.
@FunctionalInterface
public interface Case {
  void check(Choices choices);
}
