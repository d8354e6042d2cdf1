package dev.mdp.pipeline;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Runs a property over many seeds; `-Dmdp.seed=` replays one, `-Dmdp.seeds=` sets how many.
public final class Seeds {
  private Seeds() {}

  public static void forEach(int count, Consumer<SplittableRandom> property) {
    Long only = Long.getLong("mdp.seed");
    if (only != null) {
      property.accept(new SplittableRandom(only));
      return;
    }
    int seeds = Integer.getInteger("mdp.seeds", count);
    for (long seed = 0; seed < seeds; seed++) {
      try {
        property.accept(new SplittableRandom(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + " (replay with -Dmdp.seed=" + seed + "): " + e.getMessage(), e);
      }
    }
  }
}
