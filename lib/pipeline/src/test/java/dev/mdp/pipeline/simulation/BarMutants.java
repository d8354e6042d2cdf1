package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.checkpoint.CommitResult;
import dev.mdp.core.checkpoint.Lease;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Tick;
import dev.mdp.core.run.RunProgress;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Bugs in the arithmetic of a window, made where its bar leaves.
final class BarMutants {
  private BarMutants() {}

  private abstract static class Changing extends ForwardingCheckpoints {
    Changing(Checkpoints next) {
      super(next);
    }

    @Override
    public CommitResult commit(Lease lease, Checkpoint it, List<Bar> bars, RunProgress progress) {
      List<Bar> changed = new ArrayList<>();
      for (Bar bar : bars) {
        changed.add(bar.isExternal() ? bar : changed(bar, lease.key().shard(), it));
      }
      return super.commit(lease, it, changed, progress);
    }

    abstract Bar changed(Bar bar, int shard, Checkpoint it);
  }

  static final class Rounded extends Changing {
    Rounded(Checkpoints next) {
      super(next);
    }

    @Override
    Bar changed(Bar bar, int shard, Checkpoint it) {
      return with(
          bar,
          rounded(bar.open()),
          rounded(bar.high()),
          rounded(bar.low()),
          rounded(bar.close()),
          bar.volume(),
          bar.vwap());
    }

    private static double rounded(double price) {
      return Math.rint(price * 100) / 100;
    }
  }

  static final class FloatSums extends Changing {
    private final World world;

    FloatSums(Checkpoints next, World world) {
      super(next);
      this.world = world;
    }

    @Override
    Bar changed(Bar bar, int shard, Checkpoint it) {
      List<Tick> ticks = arrived(world, bar, shard, it);
      double sum = 0;
      for (Tick tick : ticks) {
        sum += tick.size() > 0 ? tick.size() : 0;
      }
      // A window with conflicts or sealed events holds others than those: leave it as it is.
      boolean same = Math.abs(sum - bar.volume()) <= 1e-9 * Math.max(1, bar.volume());
      double volume = same ? sum : bar.volume();
      return with(bar, bar.open(), bar.high(), bar.low(), bar.close(), volume, bar.vwap());
    }
  }

  static final class RoundedTwice extends Changing {
    private final World world;

    RoundedTwice(Checkpoints next, World world) {
      super(next);
      this.world = world;
    }

    @Override
    Bar changed(Bar bar, int shard, Checkpoint it) {
      BigDecimal volume = BigDecimal.ZERO;
      BigDecimal notional = BigDecimal.ZERO;
      for (Tick tick : arrived(world, bar, shard, it)) {
        if (tick.size() > 0) {
          BigDecimal size = BigDecimal.valueOf(tick.size());
          volume = volume.add(size);
          notional = notional.add(size.multiply(BigDecimal.valueOf(tick.price())));
        }
      }
      double vwap = notional.doubleValue() / volume.doubleValue();
      // A window with conflicts or sealed events holds others than those: leave it as it is.
      boolean same =
          volume.doubleValue() == bar.volume()
              && Math.abs(vwap - bar.vwap()) <= 4 * Math.ulp(bar.vwap());
      return with(
          bar,
          bar.open(),
          bar.high(),
          bar.low(),
          bar.close(),
          bar.volume(),
          same ? vwap : bar.vwap());
    }
  }

  static final class OpenByArrival extends Changing {
    private final World world;

    OpenByArrival(Checkpoints next, World world) {
      super(next);
      this.world = world;
    }

    @Override
    Bar changed(Bar bar, int shard, Checkpoint it) {
      List<Tick> ticks = arrived(world, bar, shard, it);
      double open = ticks.isEmpty() ? bar.open() : ticks.getFirst().price();
      return with(bar, open, bar.high(), bar.low(), bar.close(), bar.volume(), bar.vwap());
    }
  }

  /// The ticks of this window in the order of the log, each identity once.
  private static List<Tick> arrived(World world, Bar bar, int shard, Checkpoint it) {
    Set<LaneFacts.Place> seen = new HashSet<>();
    List<Tick> ticks = new ArrayList<>();
    for (Delivery delivery : world.bus.log(shard).history()) {
      if (!delivery.position().isAfter(it.position())
          && delivery instanceof Delivery.Decoded decoded
          && decoded.event() instanceof Tick tick
          && tick.provider().equals(bar.provider())
          && tick.lane().equals(bar.lane())
          && tick.symbol().equals(bar.symbol())
          && tick.srcMicros() >= bar.startMicros()
          && tick.srcMicros() < bar.endMicros()
          && seen.add(new LaneFacts.Place(tick.srcMicros(), tick.seq()))) {
        ticks.add(tick);
      }
    }
    return ticks;
  }

  private static Bar with(
      Bar bar, double open, double high, double low, double close, double volume, double vwap) {
    return new Bar(
        bar.provider(),
        bar.lane(),
        bar.symbol(),
        bar.interval(),
        bar.startMicros(),
        open,
        high,
        low,
        close,
        volume,
        vwap,
        bar.tradeCount());
  }
}
