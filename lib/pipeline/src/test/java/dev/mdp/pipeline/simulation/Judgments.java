package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.event.Bar;
import dev.mdp.core.run.RunProgress;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Which settings judged which part of the log of shard 0: those of the owner whose commit took
/// effect there.
final class Judgments extends ForwardingCheckpoints {
  private final InMemoryStore store;
  private final Function<String, WindowSettings> settingsOf;
  private final List<Part> parts = new ArrayList<>();

  /// @param after the last entry before it
  /// @param through its last entry
  record Part(Position after, Position through, WindowSettings by) {}

  Judgments(InMemoryStore store, Function<String, WindowSettings> settingsOf) {
    super(store.checkpoints());
    this.store = store;
    this.settingsOf = settingsOf;
  }

  List<Part> parts() {
    return parts;
  }

  /// What judged this entry for good.
  WindowSettings of(Position entry) {
    return parts.stream()
        .filter(each -> entry.isAfter(each.after) && !entry.isAfter(each.through))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody judged " + entry))
        .by;
  }

  @Override
  public ClaimResult claim(ClaimRequest request) {
    Position position = store.checkpoint(request.key()).position();
    boolean held = false;
    try {
      ClaimResult result = super.claim(request);
      held = result instanceof ClaimResult.Held;
      return result;
    } finally {
      if (!held && request.key().shard() == 0) {
        parts.add(new Part(position, position, settingsOf.apply(request.owner())));
      }
    }
  }

  @Override
  public CommitResult commit(Lease lease, Checkpoint next, List<Bar> bars, RunProgress progress) {
    Checkpoint before = store.checkpoint(lease.key());
    try {
      return super.commit(lease, next, bars, progress);
    } finally {
      Checkpoint after = store.checkpoint(lease.key());
      if (after != before && lease.key().shard() == 0) {
        parts.add(new Part(before.position(), after.position(), settingsOf.apply(lease.owner())));
      }
    }
  }
}
