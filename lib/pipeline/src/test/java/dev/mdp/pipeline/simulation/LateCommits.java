package dev.mdp.pipeline.simulation;

import dev.mdp.core.error.FencedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.store.Checkpoint;
import dev.mdp.core.store.Checkpoints;
import dev.mdp.core.store.CommitResult;
import dev.mdp.core.store.Lease;
import dev.mdp.core.store.RunProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// Commits whose connection breaks while the server still works on them: the caller sees an error,
/// and the commit takes effect later, or is fenced by then.
final class LateCommits extends ForwardingCheckpoints {
  private final RandomGenerator random;
  private final BooleanSupplier active;
  private final List<Runnable> late = new ArrayList<>();

  LateCommits(Checkpoints checkpoints, RandomGenerator random, BooleanSupplier active) {
    super(checkpoints);
    this.random = random;
    this.active = active;
  }

  /// The server that worked on them is gone.
  void forget() {
    late.clear();
  }

  /// What is still under way takes effect now.
  void apply() {
    List<Runnable> all = List.copyOf(late);
    late.clear();
    all.forEach(Runnable::run);
  }

  @Override
  public CommitResult commit(Lease lease, Checkpoint next, List<Bar> bars, RunProgress progress) {
    if (!active.getAsBoolean() || random.nextInt(40) > 0) {
      return super.commit(lease, next, bars, progress);
    }
    List<Bar> sent = List.copyOf(bars);
    late.add(() -> {
      try {
        super.commit(lease, next, sent, progress);
      } catch (FencedException | UnavailableException e) {
        // it took no effect, or no one hears of it
      }
    });
    throw new UnavailableException("the connection broke while the server committed");
  }
}
