package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.Lanes;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.testkit.InMemoryBus;
import dev.mdp.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What producers append: ticks of three feeds in disorder, sent twice or with another payload,
/// late within the limits and beyond, ahead of the clock; bars from outside, ends of lanes,
/// rubbish. Prices and sizes have decimals that no double sums exactly.
final class Feed {
  private static final List<Symbol> SYMBOLS =
      List.of(Symbol.of("SPY"), Symbol.of("AAPL"), Symbol.of("EUR/USD"));
  private static final Symbol REPLAYED = Symbol.of("MSFT");
  private static final long GRID = 50_000;

  /// One bit for each of the three lanes.
  private static final int ALL = 7;

  private static final long HOUR = 3_600_000_000L;

  private final RandomGenerator random;
  private final Plan plan;
  private final InMemoryBus bus;
  private final ManualClock clock;
  private final List<Tick> sent = new ArrayList<>();
  private int active = ALL;
  private int fillLane;
  private long filled;

  /// A provider with one of its lanes.
  record Lane(String provider, String name) {
    static final Lane LIVE = new Lane("p", MarketEvent.LIVE);
    static final Lane OTHER = new Lane("q", MarketEvent.LIVE);
    static final Lane REPLAY = new Lane("p", "run-7");
    static final List<Lane> LANES = List.of(LIVE, OTHER, REPLAY);
  }

  Feed(RandomGenerator random, Plan plan, InMemoryBus bus, ManualClock clock) {
    this.random = random;
    this.plan = plan;
    this.bus = bus;
    this.clock = clock;
  }

  /// From now on only some of the feeds send.
  void switchFeeds() {
    active = 1 + random.nextInt(ALL);
  }

  void append() {
    int entries = 1 + random.nextInt(8);
    for (int i = 0; i < entries; i++) {
      int kind = random.nextInt(120);
      if (kind < 2 && !plan.trims()) {
        end(lane());
      } else if (kind < 6) {
        append(bar());
      } else if (kind < 9) {
        bus.log(random.nextInt(plan.shards())).appendMalformed("malformed");
      } else if (kind < 21 && !sent.isEmpty()) {
        append(again());
      } else if (kind < 33 && plan.fills()) {
        fill();
      } else {
        Tick tick = tick(lane());
        sent.add(tick);
        append(tick);
      }
    }
  }

  /// A hole of up to three trades, in a lane of its own, that is ended but for a few.
  void fillHole() {
    Lane lane = new Lane(Lane.LIVE.provider, Lanes.FILL_PREFIX + fillLane++);
    for (int trades = 1 + random.nextInt(3); trades > 0; trades--) {
      append(fillTick(lane));
    }
    if (random.nextInt(8) > 0) {
      end(lane);
    }
  }

  void endAll() {
    Lane.LANES.forEach(this::end);
  }

  /// A trade of a hole, once or twice, or the end of its lane.
  private void fill() {
    Lane live = random.nextInt(4) > 0 ? Lane.LIVE : Lane.OTHER;
    Lane lane = new Lane(live.provider, Lanes.FILL_PREFIX + fillLane);
    if (random.nextInt(8) == 0) {
      end(lane);
      fillLane++;
      return;
    }
    Tick tick = fillTick(lane);
    append(tick);
    if (random.nextInt(4) == 0) {
      append(tick);
    }
  }

  private Tick fillTick(Lane lane) {
    long now = Micros.of(clock.instant());
    return new Tick(
        lane.provider,
        lane.name,
        SYMBOLS.get(random.nextInt(SYMBOLS.size())),
        now - random.nextLong(20_000_000),
        1_000 + filled++,
        price(),
        size(),
        Tick.ABSENT,
        Tick.ABSENT,
        now);
  }

  private void end(Lane lane) {
    for (int shard = 0; shard < plan.shards(); shard++) {
      bus.log(shard).append(new LaneEnd(lane.provider, lane.name));
    }
  }

  private void append(MarketEvent event) {
    switch (event) {
      case Tick tick -> bus.log(shardOf(tick.provider(), tick.symbol())).append(tick);
      case BarEvent bar -> bus.log(shardOf(bar.provider(), bar.bar().symbol())).append(bar);
      case LaneEnd end -> end(new Lane(end.provider(), end.lane()));
    }
  }

  private int shardOf(String provider, Symbol symbol) {
    return Shards.of(provider, symbol.value(), plan.shards());
  }

  private Lane lane() {
    int drawn = random.nextInt(3);
    while ((active & 1 << drawn) == 0) {
      drawn = (drawn + 1) % 3;
    }
    return Lane.LANES.get(drawn);
  }

  private Tick tick(Lane lane) {
    long now = Micros.of(clock.instant());
    boolean replay = lane.equals(Lane.REPLAY);
    Symbol symbol = replay ? REPLAYED : SYMBOLS.get(random.nextInt(SYMBOLS.size()));
    return new Tick(
        lane.provider,
        lane.name,
        symbol,
        srcMicros(now) - (replay ? HOUR : 0),
        random.nextInt(3) == 0 ? random.nextInt(3) : 0,
        price(),
        size(),
        random.nextInt(8) == 0 ? 99.5 : Tick.ABSENT,
        Tick.ABSENT,
        now);
  }

  /// Mostly on a grid, so that timestamps collide and lie on the edges of windows.
  private long srcMicros(long now) {
    long at =
        switch (random.nextInt(40)) {
          case 0 -> now - random.nextLong(15_000_000);
          case 1 -> now - random.nextLong(4_000_000);
          case 2 -> now + random.nextLong(2_000_000);
          case 3 -> now + 20_000_000;
          default -> now - random.nextLong(450_000);
        };
    return random.nextInt(10) == 0 ? at : Math.floorDiv(at, GRID) * GRID;
  }

  private double price() {
    return random.nextInt(3) == 0
        ? 100 + random.nextInt(4)
        : 100 + random.nextInt(100_000) / 10_000.0;
  }

  private double size() {
    return switch (random.nextInt(6)) {
      case 0 -> Tick.ABSENT;
      case 1 -> 0;
      case 2 -> 1 + random.nextInt(5);
      case 3 -> 1e15 + random.nextInt(3);
      default -> (1 + random.nextInt(9)) / 10.0;
    };
  }

  /// A tick that was sent before: the same, or with another payload.
  private Tick again() {
    int recent = Math.min(sent.size(), random.nextBoolean() ? 10 : 400);
    Tick tick = sent.get(sent.size() - 1 - random.nextInt(recent));
    if (random.nextInt(3) > 0) {
      return tick;
    }
    return new Tick(
        tick.provider(),
        tick.lane(),
        tick.symbol(),
        tick.srcMicros(),
        tick.seq(),
        random.nextBoolean() ? tick.price() : price(),
        size(),
        tick.bid(),
        tick.ask(),
        tick.ingestMicros());
  }

  /// A bar from outside, of an interval that is built here or of another one.
  private BarEvent bar() {
    long now = Micros.of(clock.instant());
    Interval interval =
        random.nextInt(4) == 0 ? plan.windows().intervals().getFirst() : Interval.parse("7s");
    double price = 100 + random.nextInt(3);
    return new BarEvent(
        new Bar(
            "q",
            MarketEvent.LIVE,
            SYMBOLS.get(random.nextInt(2)),
            interval,
            interval.start(now),
            price,
            price + 5,
            price - 5,
            price,
            1,
            Tick.ABSENT,
            Bar.EXTERNAL),
        0,
        now);
  }
}
