package dev.mdp.pipeline.simulation;

import dev.mdp.core.checkpoint.Checkpoints;
import dev.mdp.core.event.Lanes;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.store.TickStore;
import dev.mdp.pipeline.simulation.World.Ports;
import java.util.function.BiFunction;

/// A deliberate bug, put between the workers and their ports: the simulation has to catch each.
enum Mutant {
  /// No bug.
  NONE((ports, _) -> ports),
  /// The place to resume at is the last entry read, not the first that an open window needs.
  LAST_READ_POSITION(store((next, world) -> new StoreMutants.LastRead(next, world))),
  /// A restart does not know what was sealed, nor the watermark.
  NO_STORED_WATERMARK(store((next, _) -> new StoreMutants.NoLanes(next))),
  /// A restart knows the watermark, but not what was sealed before its time.
  NO_STORED_SEALS(store((next, _) -> new StoreMutants.NoSeals(next))),
  /// Windows are sealed by silence when their shard is claimed, before their events are read again.
  SEALING_IN_RECOVERY(store((next, world) -> new StoreMutants.SealingOnClaim(next, world))),
  /// A restart does not know how far ahead of the log's clock events were allowed to be.
  MAX_FUTURE_NOT_STORED(store((next, _) -> new StoreMutants.NoJudgedBy(next))),
  /// Every process that thinks it owns the shard may write.
  NO_FENCE(store((next, _) -> new StoreMutants.NoFence(next))),
  /// A lease is known by its epoch alone.
  FENCE_BY_EPOCH(store((next, _) -> new RestoreMutants.FenceByEpoch(next))),
  /// Whether a lease has run out is decided by the claimer's clock, which is not the store's.
  CLIENT_CLOCK_LEASE(store((next, world) -> new StoreMutants.ClientClock(next, world))),
  /// The checkpoint is committed, then the bars.
  CHECKPOINT_BEFORE_BARS(store((next, _) -> new StoreMutants.CheckpointFirst(next))),
  /// An error of the store is logged, and the worker continues.
  COMMIT_ERROR_SWALLOWED(store((next, _) -> new StoreMutants.Swallowing(next))),
  /// The rows of one upsert are written in no order.
  UNSORTED_UPSERT(store((next, _) -> new StoreMutants.Reversed(next))),
  /// What is late within the limits does not reach the table.
  NO_REVISIONS(store((next, _) -> new StoreMutants.FirstOnly(next))),
  /// Prices have two decimals.
  ROUNDED_PRICES(store((next, _) -> new BarMutants.Rounded(next))),
  /// Volume is a sum of doubles.
  FLOAT_SUMS(store((next, world) -> new BarMutants.FloatSums(next, world))),
  /// The mean price is the quotient of sums that are rounded already.
  VWAP_ROUNDED_TWICE(store((next, world) -> new BarMutants.RoundedTwice(next, world))),
  /// The first tick that arrives opens a window.
  OPEN_BY_ARRIVAL(store((next, world) -> new BarMutants.OpenByArrival(next, world))),
  /// What is late is decided by the time of reading.
  LATE_BY_WALL_CLOCK(log(StreamMutants::lateByWallClock)),
  /// Windows follow the time of arrival.
  WINDOWS_BY_ARRIVAL(log(StreamMutants::byArrival)),
  /// What comes twice counts twice.
  DUPLICATES_COUNTED(log(StreamMutants::neverEqual)),
  /// Two trades with the same time, price and size are one.
  DUPLICATES_BY_CONTENT(log(StreamMutants::equalByContent)),
  /// A tick on the edge belongs to the window before it.
  END_INCLUSIVE(log(StreamMutants::beforeTheEdge)),
  /// Two feeds with the same symbols are one.
  PROVIDER_NOT_IN_THE_KEY(
      log((tick, _, _) ->
          StreamMutants.with(tick, "p", tick.lane(), tick.srcMicros(), tick.seq()))),
  /// A replay moves the watermark of the live feed.
  LANE_NOT_IN_THE_KEY(
      log((tick, _, _) ->
          StreamMutants.with(
              tick, tick.provider(), MarketEvent.LIVE, tick.srcMicros(), tick.seq()))),
  /// What fills holes of the live feed has windows of a separate lane.
  FILL_IN_ITS_OWN_LANE(
      log((tick, _, _) ->
          Lanes.isFill(tick.lane())
              ? StreamMutants.with(
                  tick, tick.provider(), "x" + tick.lane(), tick.srcMicros(), tick.seq())
              : tick)),
  /// Windows that a refill missed are not noted.
  REPAIRS_NOT_NOTED(store((next, _) -> new StoreMutants.NoRepairs(next))),
  /// Such windows are computed again at once, before their ticks are stored.
  REPAIRED_TOO_EARLY((ports, _) -> ports),
  /// An event far ahead of the clock moves the watermark.
  FUTURE_TAKEN((ports, _) -> StreamMutants.futureTaken(ports)),
  /// Dead letters are published after the checkpoint has passed them.
  DEAD_LETTERS_LAST((ports, _) -> StreamMutants.deadLettersLast(ports)),
  /// Ticks are acknowledged when they are read.
  ACK_BEFORE_COMMIT((ports, _) -> StreamMutants.ackFirst(ports)),
  /// Acknowledged ticks are taken for stored, whatever server answers.
  ANY_SERVER(store((next, _) -> new RestoreMutants.OneServer(next))),
  /// A tick that the store did not take is acknowledged anyway.
  TICK_ERROR_SWALLOWED(ticks((next, _) -> StoreMutants.swallowing(next))),
  /// Of two payloads the later one is kept.
  LATER_PAYLOAD_KEPT(ticks((next, world) -> StoreMutants.overwriting(next, world)));

  private final BiFunction<Ports, World, Ports> wrapping;

  Mutant(BiFunction<Ports, World, Ports> wrapping) {
    this.wrapping = wrapping;
  }

  /// Whether it can only be seen when settings change between runs.
  boolean isOfChanges() {
    return this == SEALING_IN_RECOVERY || this == MAX_FUTURE_NOT_STORED;
  }

  /// Whether it is looked for where the database goes back.
  boolean goesBack() {
    return switch (this) {
      case NONE, FENCE_BY_EPOCH, ANY_SERVER -> true;
      default -> false;
    };
  }

  Ports wrap(Ports ports, World world) {
    return wrapping.apply(ports, world);
  }

  private static BiFunction<Ports, World, Ports> store(
      BiFunction<Checkpoints, World, ForwardingCheckpoints> wrap) {
    return (ports, world) ->
        new Ports(
            ports.bus(),
            wrap.apply(ports.checkpoints(), world).checkpoints(),
            ports.ticks(),
            ports.members());
  }

  private static BiFunction<Ports, World, Ports> ticks(
      BiFunction<TickStore, World, TickStore> wrap) {
    return (ports, world) ->
        new Ports(
            ports.bus(), ports.checkpoints(), wrap.apply(ports.ticks(), world), ports.members());
  }

  private static BiFunction<Ports, World, Ports> log(StreamMutants.Change change) {
    return (ports, world) -> StreamMutants.changed(ports, world, change);
  }
}
