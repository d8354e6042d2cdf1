package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.checkpoint.Repairs;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.run.RunProgress;
import dev.mdp.core.store.TickStore;
import dev.mdp.core.store.WriteResult;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.testkit.InMemoryBars.BarKey;
import dev.mdp.testkit.InMemoryTicks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Bugs in how progress, bars and ticks are stored.
final class StoreMutants {
  private StoreMutants() {}

  static final class LastRead extends ForwardingCheckpoints {
    private final World world;

    LastRead(Checkpoints next, World world) {
      super(next);
      this.world = world;
    }

    @Override
    public CommitResult commit(Lease lease, Checkpoint it, List<Bar> bars, RunProgress progress) {
      Position last = it.position();
      Optional<LogAnchor> anchor =
          world.bus.openShard(World.TOPIC, lease.key().shard()).anchor(last);
      return super.commit(
          lease,
          new Checkpoint(last, last, anchor, it.gapUntil(), it.lanes(), it.ledger(), it.judgedBy()),
          bars,
          progress);
    }
  }

  static final class NoRepairs extends ForwardingCheckpoints {
    NoRepairs(Checkpoints next) {
      super(next);
    }

    @Override
    protected Repairs repairs() {
      return Repairs.NONE;
    }
  }

  static final class NoLanes extends ForwardingCheckpoints {
    NoLanes(Checkpoints next) {
      super(next);
    }

    @Override
    public CommitResult commit(Lease lease, Checkpoint it, List<Bar> bars, RunProgress progress) {
      return super.commit(lease, withLanes(it, List.of()), bars, progress);
    }
  }

  static final class NoSeals extends ForwardingCheckpoints {
    NoSeals(Checkpoints next) {
      super(next);
    }

    @Override
    public CommitResult commit(Lease lease, Checkpoint it, List<Bar> bars, RunProgress progress) {
      List<LaneProgress> lanes =
          it.lanes().stream()
              .map(lane ->
                  new LaneProgress(
                      lane.provider(),
                      lane.lane(),
                      lane.watermarkMicros(),
                      lane.lastAppendMicros(),
                      lane.lastPosition(),
                      new TreeMap<>(),
                      lane.beginsAt(),
                      lane.ended(),
                      lane.conflicting()))
              .toList();
      return super.commit(lease, withLanes(it, lanes), bars, progress);
    }
  }

  private abstract static class Claiming extends ForwardingCheckpoints {
    Claiming(Checkpoints next) {
      super(next);
    }

    @Override
    public ClaimResult claim(ClaimRequest request) {
      return switch (super.claim(request)) {
        case ClaimResult.Held held -> held;
        case ClaimResult.Claimed it ->
            new ClaimResult.Claimed(
                it.lease(),
                changed(it.checkpoint(), request),
                it.fresh(),
                it.intervals(),
                it.runLedger());
      };
    }

    abstract Checkpoint changed(Checkpoint it, ClaimRequest request);
  }

  static final class NoJudgedBy extends Claiming {
    NoJudgedBy(Checkpoints next) {
      super(next);
    }

    @Override
    Checkpoint changed(Checkpoint it, ClaimRequest request) {
      return new Checkpoint(
          it.position(), it.resumePosition(), it.anchor(), it.gapUntil(), it.lanes(), it.ledger());
    }
  }

  static final class SealingOnClaim extends Claiming {
    private final World world;

    SealingOnClaim(Checkpoints next, World world) {
      super(next);
      this.world = world;
    }

    @Override
    Checkpoint changed(Checkpoint it, ClaimRequest request) {
      WindowSettings settings = world.settingsOf(request.owner());
      long newest = it.lanes().stream().mapToLong(LaneProgress::lastAppendMicros).max().orElse(0);
      return withLanes(
          it, it.lanes().stream().map(lane -> sealed(lane, newest, settings)).toList());
    }

    private static LaneProgress sealed(LaneProgress lane, long newest, WindowSettings settings) {
      if (newest - lane.lastAppendMicros() <= settings.silenceSealMicros()) {
        return lane;
      }
      TreeMap<Interval, Long> sealed = new TreeMap<>(lane.sealedThrough());
      long late = settings.allowLateMicros() + settings.reviseLateMicros();
      for (Interval interval : settings.intervals()) {
        long end = Math.min(interval.end(lane.watermarkMicros()), interval.start(newest - late));
        sealed.merge(interval, end, Math::max);
      }
      return new LaneProgress(
          lane.provider(),
          lane.lane(),
          lane.watermarkMicros(),
          lane.lastAppendMicros(),
          lane.lastPosition(),
          sealed,
          lane.beginsAt(),
          lane.ended(),
          lane.conflicting());
    }
  }

  static final class NoFence extends ForwardingCheckpoints {
    private final Map<CheckpointKey, Lease> current = new HashMap<>();

    NoFence(Checkpoints next) {
      super(next);
    }

    @Override
    public ClaimResult claim(ClaimRequest request) {
      ClaimResult result = super.claim(request);
      if (result instanceof ClaimResult.Claimed claimed) {
        current.put(request.key(), claimed.lease());
      }
      return result;
    }

    @Override
    public Lease renew(Lease lease) {
      Lease renewed = super.renew(current.getOrDefault(lease.key(), lease));
      current.put(lease.key(), renewed);
      return renewed;
    }

    @Override
    public CommitResult commit(Lease lease, Checkpoint it, List<Bar> bars, RunProgress progress) {
      CommitResult result =
          super.commit(current.getOrDefault(lease.key(), lease), it, bars, progress);
      current.put(lease.key(), result.lease());
      return result;
    }
  }

  static final class ClientClock extends ForwardingCheckpoints {
    private final World world;
    private final Map<CheckpointKey, Lease> current = new HashMap<>();

    ClientClock(Checkpoints next, World world) {
      super(next);
      this.world = world;
    }

    @Override
    public ClaimResult claim(ClaimRequest request) {
      Instant clientsNow =
          world.clock.instant().plus(Duration.ofMillis(1_000L * world.runningProcess()));
      Lease held = current.get(request.key());
      if (held != null && !clientsNow.isBefore(held.until())) {
        next.leases().release(held);
      }
      ClaimResult result = super.claim(request);
      if (result instanceof ClaimResult.Claimed claimed) {
        current.put(request.key(), claimed.lease());
      }
      return result;
    }

    @Override
    public CommitResult commit(Lease lease, Checkpoint it, List<Bar> bars, RunProgress progress) {
      CommitResult result = super.commit(lease, it, bars, progress);
      current.put(lease.key(), result.lease());
      return result;
    }
  }

  static final class CheckpointFirst extends ForwardingCheckpoints {
    CheckpointFirst(Checkpoints next) {
      super(next);
    }

    @Override
    public CommitResult commit(Lease lease, Checkpoint it, List<Bar> bars, RunProgress progress) {
      CommitResult first = super.commit(lease, it, List.of(), progress);
      return super.commit(first.lease(), it, bars, progress);
    }
  }

  static final class Swallowing extends ForwardingCheckpoints {
    Swallowing(Checkpoints next) {
      super(next);
    }

    @Override
    public CommitResult commit(Lease lease, Checkpoint it, List<Bar> bars, RunProgress progress) {
      try {
        return super.commit(lease, it, bars, progress);
      } catch (UnavailableException e) {
        return new CommitResult(lease, WriteResult.NONE, List.of());
      }
    }
  }

  static final class Reversed extends ForwardingCheckpoints {
    Reversed(Checkpoints next) {
      super(next);
    }

    @Override
    public CommitResult commit(Lease lease, Checkpoint it, List<Bar> bars, RunProgress progress) {
      return super.commit(lease, it, new ArrayList<>(bars).reversed(), progress);
    }
  }

  static final class FirstOnly extends ForwardingCheckpoints {
    private final Set<BarKey> written = new HashSet<>();

    FirstOnly(Checkpoints next) {
      super(next);
    }

    @Override
    public CommitResult commit(Lease lease, Checkpoint it, List<Bar> bars, RunProgress progress) {
      List<Bar> first = bars.stream().filter(bar -> !written.contains(key(bar))).toList();
      CommitResult result = super.commit(lease, it, first, progress);
      bars.forEach(bar -> written.add(key(bar)));
      return result;
    }

    private static BarKey key(Bar bar) {
      return new BarKey(bar.provider(), bar.symbol(), bar.interval(), bar.startMicros());
    }
  }

  static TickStore swallowing(TickStore next) {
    return (ticks, progress) -> {
      try {
        return next.write(ticks, progress);
      } catch (UnavailableException e) {
        return Map.of();
      }
    };
  }

  static TickStore overwriting(TickStore next, World world) {
    return (ticks, progress) -> {
      ticks.forEach(
          tick -> world.ticks.rows().computeIfPresent(InMemoryTicks.Key.of(tick), (_, _) -> tick));
      return next.write(ticks, progress);
    };
  }

  private static Checkpoint withLanes(Checkpoint it, List<LaneProgress> lanes) {
    return new Checkpoint(
        it.position(),
        it.resumePosition(),
        it.anchor(),
        it.gapUntil(),
        lanes,
        it.ledger(),
        it.judgedBy());
  }
}
