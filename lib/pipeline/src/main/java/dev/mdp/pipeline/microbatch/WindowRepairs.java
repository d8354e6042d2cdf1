package dev.mdp.pipeline.microbatch;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.PendingRepair;
import dev.mdp.core.checkpoint.PendingRepairs;
import dev.mdp.core.event.Bar;
import dev.mdp.pipeline.worker.Periodic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Computes the windows again that refills came too late for, a few at a time, so that live bars
/// never wait long for them. One thread.
final class WindowRepairs {
  private static final Duration EVERY = Duration.ofSeconds(1);

  /// How many windows go into one commit.
  private static final int AT_ONCE = 200;

  private final CheckpointKey key;
  private final PendingRepairs pending;
  private final Periodic looks;

  /// Whether there may be some: at a start no one knows.
  private boolean mayBeSome = true;

  private List<PendingRepair> due = List.of();

  WindowRepairs(CheckpointKey key, PendingRepairs pending, InstantSource clock) {
    this.key = key;
    this.pending = pending;
    this.looks = Periodic.after(EVERY, clock);
  }

  /// Looks, at most once a second, for windows that can be computed again now; returns whether
  /// there are some, which is worth a commit.
  boolean look() {
    if (mayBeSome && due.isEmpty() && looks.isDue()) {
      PendingRepairs.Ready ready = pending.ready(key, AT_ONCE);
      due = ready.windows();
      mayBeSome = ready.waiting() > 0;
    }
    return !due.isEmpty();
  }

  /// The windows that the next commit brings.
  List<PendingRepair> due() {
    return due;
  }

  List<Bar> recompute(List<PendingRepair> windows) {
    return windows.isEmpty() ? List.of() : pending.recompute(windows);
  }

  /// @param found whether the commit noted new ones
  void committed(boolean found) {
    mayBeSome |= found;
    due = List.of();
  }
}
