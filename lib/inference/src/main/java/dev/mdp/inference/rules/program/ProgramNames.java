package dev.mdp.inference.rules.program;

import java.util.Collection;

/// What the names in conditions mean. Implementations remember what was asked.
public interface ProgramNames {
  /// The number of this name. Throws `IllegalArgumentException` with what to tell when there is
  /// none.
  NumberNode number(String name);

  /// All names there are, to find the one that was meant.
  Collection<String> known();
}
