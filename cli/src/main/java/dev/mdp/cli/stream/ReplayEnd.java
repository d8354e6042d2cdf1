package dev.mdp.cli.stream;

import dev.mdp.config.BusConfig;
import dev.mdp.config.DatasetConfig;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.source.FiniteSource;
import dev.mdp.ops.replay.BarSettling;
import dev.mdp.ops.replay.TickSettling;
import dev.mdp.providers.ordinals.LostTicks;
import dev.mdp.runtime.Wiring;
import dev.mdp.runtime.WorkerContext;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What becomes of a replay after its last event: its bars are committed, its ticks stored, or
/// something of it was lost. One thread.
final class ReplayEnd {
  private final WorkerContext context;
  private final DatasetConfig dataset;
  private final BarSettling bars;
  private final TickSettling ticks;
  private final Map<String, Object> told = new LinkedHashMap<>();
  private Map<Integer, Position> before = Map.of();
  private String lane = "";

  /// Made before the first event is sent: what was there before is not the replay's.
  ReplayEnd(WorkerContext context, DatasetConfig dataset) {
    this.context = context;
    this.dataset = dataset;
    BusConfig bus = context.config().bus();
    this.bars =
        new BarSettling(
            context.store().checkpoints().admin(),
            Wiring.group(bus, CheckpointKey.MICRO_BATCHER),
            bus.topic(),
            bus.shards(),
            context.clock());
    this.ticks =
        new TickSettling(
            context.bus().inspector(),
            context.store().checkpoints().admin(),
            context.store().jobRuns(),
            new TickSettling.Group(
                Wiring.group(bus, CheckpointKey.TICK_CONSUMER),
                bus.topic(),
                bus.shards(),
                dataset.provider()),
            context.clock());
  }

  void begin(String replayed) {
    lane = replayed;
    before = bars.standing(lane);
  }

  /// What was found, by its names in JSON.
  Map<String, Object> metadata() {
    return told;
  }

  /// True when nothing was lost and no bar differs. Throws [UnavailableException] when a worker
  /// that is at work does not come to the lane's end in time.
  ///
  /// @param reread opens what was sent once more; empty when it cannot be
  boolean await(Duration timeout, Optional<Supplier<FiniteSource>> reread)
      throws InterruptedException {
    Instant deadline = context.clock().instant().plus(timeout);
    BarSettling.Outcome committed = bars.await(lane, before, timeout);
    told.put("bars", word(committed.state()));
    told.put("conflicting_windows", committed.conflicting());
    sayBars(committed.state(), timeout);
    Duration left = Duration.between(context.clock().instant(), deadline);
    TickSettling.Result stored = ticks.await(left.isNegative() ? Duration.ZERO : left);
    told.put("ticks", word(stored.state()));
    told.put("lost_ticks", stored.lost());
    if (!dataset.isBars()) {
      sayTicks(stored, timeout, reread);
    }
    if (committed.conflicting() > 0) {
      context.warn(
          committed.conflicting()
              + " windows met a fuller or different bar of another lane; "
              + advice(stored));
    }
    return stored.lost() == 0 && committed.conflicting() == 0;
  }

  private void sayBars(BarSettling.State state, Duration timeout) {
    switch (state) {
      case SETTLED -> context.say("settled: every window of lane " + lane + " is committed");
      case NO_WORKER ->
          context.warn("no micro-batch owns this topic now: the bars follow when one starts");
      case TIMED_OUT -> throw late("committed", timeout);
    }
  }

  private void sayTicks(
      TickSettling.Result stored, Duration timeout, Optional<Supplier<FiniteSource>> reread) {
    if (stored.lost() > 0) {
      context.warn(
          "%d ticks of %s are lost: each met another tick of the same symbol, time and seq with other values, of which the smaller is kept. No repair brings them back; %s"
              .formatted(stored.lost(), dataset.provider(), remedy()));
      reread.ifPresent(this::nameLost);
    }
    switch (stored.state()) {
      case STORED -> {}
      case NO_WORKER ->
          context.warn(
              "no tick worker stores this topic now: the ticks follow when one starts, and what they meet is not known");
      case TIMED_OUT -> throw late("stored", timeout);
    }
  }

  /// Which of the files' own ticks are not stored as they are.
  private void nameLost(Supplier<FiniteSource> reread) {
    try (FiniteSource source = reread.get()) {
      LostTicks lost = LostTicks.of(source, context.store().storedTicks(), dataset.provider());
      told.put("other_values_stored", lost.ticks());
      context.warn(
          lost.ticks() == 0
              ? "every tick of the files is stored as it is: the lost ones are others'"
              : "of the files %d are stored with other values, the first: %s"
                  .formatted(lost.ticks(), lost.first()));
    }
  }

  private String remedy() {
    return dataset.columns().flatMap(columns -> columns.seq()).isPresent()
        ? "does columns.seq name an id that no two ticks of a symbol share?"
        : "map a column to seq, or name all files of a recording in one dataset, and replay into a separate provider";
  }

  /// A repair makes bars what the ticks give: where ticks are gone, or not there yet, bars that are
  /// wrong.
  private static String advice(TickSettling.Result stored) {
    if (stored.lost() > 0) {
      return "the ticks come first";
    }
    return stored.state() == TickSettling.State.STORED
        ? "mdp verify bars --repair folds the union"
        : "mdp verify bars compares them when the ticks are stored";
  }

  private UnavailableException late(String what, Duration timeout) {
    return new UnavailableException(
        "lane %s was not %s within %d s; see mdp stream checkpoints list"
            .formatted(lane, what, timeout.toSeconds()));
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
