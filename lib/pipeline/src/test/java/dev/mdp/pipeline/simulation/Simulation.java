package dev.mdp.pipeline.simulation;

import dev.mdp.testkit.property.Choices;

/// One seed, from its plan to the verdict.
final class Simulation {
  private Simulation() {}

  static World of(Choices choices, Mutant mutant) {
    Plan plan = choices.show("plan", Plan.draw(choices));
    return new World(choices, plan, _ -> plan.windows(), mutant);
  }

  /// Runs it and throws when anything is wrong; throws [CapReached] when its cap ended it, rightly.
  static void judge(World world) {
    try {
      world.run();
    } catch (CapReached e) {
      Verdict.onCap(world, e.shard);
      throw e;
    }
    Verdict.on(world);
  }

  /// As [#judge], for a mutant: that a cap ends it is no violation.
  static void check(Choices choices, Mutant mutant) {
    try {
      judge(of(choices, mutant));
    } catch (CapReached e) {
      // judged
    }
  }
}
