package dev.mdp.pipeline.simulation;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.error.FencedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.run.RunProgress;
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
    FencedWrite.Bars sent = new FencedWrite.Bars(bars, repairs());
    late.add(() -> {
      try {
        this.next.commits().commit(lease, next, sent, progress);
      } catch (FencedException | UnavailableException e) {
        // it took no effect, or no one hears of it
      }
    });
    throw new UnavailableException("the connection broke while the server committed");
  }
}
