package dev.mdp.pipeline.simulation;

import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.run.RunProgress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Looks at every answer that workers get from the checkpoints: a lease that lives is not given
/// away, who was fenced writes nothing, nothing ever goes back.
final class Watch extends ForwardingCheckpoints {
  private final InstantSource clock;
  private final Map<CheckpointKey, Grant> grants = new HashMap<>();
  private final Map<CheckpointKey, Checkpoint> committed = new HashMap<>();

  private record Grant(String owner, long epoch, Instant until) {}

  Watch(Checkpoints checkpoints, InstantSource clock) {
    super(checkpoints);
    this.clock = clock;
  }

  /// The database went back: what it said before holds no longer.
  void forget() {
    grants.clear();
    committed.clear();
  }

  @Override
  public ClaimResult claim(ClaimRequest request) {
    ClaimResult result = super.claim(request);
    if (result instanceof ClaimResult.Claimed claimed && !isFenced(claimed.lease())) {
      Grant last = grants.get(request.key());
      if (last != null) {
        boolean free =
            request.takeOver()
                || last.owner.equals(request.owner())
                || !clock.instant().isBefore(last.until);
        require(free, "a living lease was given away: " + last + " to " + request);
        require(
            claimed.lease().epoch() > last.epoch,
            "the epoch did not rise: " + last + ", then " + claimed.lease());
      }
      granted(claimed.lease());
    }
    return result;
  }

  @Override
  public Lease renew(Lease lease) {
    boolean fenced = isFenced(lease);
    Lease renewed = super.renew(lease);
    require(!fenced, "renewed the lease of a former owner: " + lease);
    granted(renewed);
    return renewed;
  }

  @Override
  public void release(Lease lease) {
    Grant last = grants.get(lease.key());
    if (last != null && last.epoch == lease.epoch()) {
      grants.put(lease.key(), new Grant(last.owner, last.epoch, Instant.EPOCH));
    }
    super.release(lease);
  }

  @Override
  public CommitResult commit(Lease lease, Checkpoint next, List<Bar> bars, RunProgress progress) {
    if (next.resumePosition().isAfter(next.position())) {
      throw new AssertionError("resumes after its position: " + next);
    }
    if (!next.ledger().addsUp()) {
      throw new AssertionError("the ledger does not add up: " + next.ledger());
    }
    boolean fenced = isFenced(lease);
    CommitResult result = super.commit(lease, next, bars, progress);
    require(!fenced, "a former owner wrote: " + lease);
    if (!isFenced(lease)) {
      Checkpoint before = committed.put(lease.key(), next);
      if (before != null) {
        requireForward(before, next);
      }
    }
    granted(result.lease());
    return result;
  }

  /// An answer may come late, when another process has the shard already.
  private void granted(Lease lease) {
    if (!isFenced(lease)) {
      grants.put(lease.key(), new Grant(lease.owner(), lease.epoch(), lease.until()));
    }
  }

  private boolean isFenced(Lease lease) {
    Grant last = grants.get(lease.key());
    return last != null && lease.epoch() < last.epoch;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  private static void requireForward(Checkpoint before, Checkpoint next) {
    if (before.position().isAfter(next.position())
        || before.resumePosition().isAfter(next.resumePosition())) {
      throw new AssertionError("the checkpoint went back from " + before + " to " + next);
    }
    for (LaneProgress lane : before.lanes()) {
      for (LaneProgress later : next.lanes()) {
        if (lane.provider().equals(later.provider()) && lane.lane().equals(later.lane())) {
          requireForward(lane, later);
        }
      }
    }
  }

  private static void requireForward(LaneProgress before, LaneProgress next) {
    if (next.watermarkMicros() < before.watermarkMicros()) {
      throw new AssertionError("the watermark went back from " + before + " to " + next);
    }
    for (Map.Entry<Interval, Long> sealed : before.sealedThrough().entrySet()) {
      Long later = next.sealedThrough().get(sealed.getKey());
      if (later != null && later < sealed.getValue()) {
        throw new AssertionError("what is sealed went back from " + before + " to " + next);
      }
    }
  }
}
