package dev.mdp.cli.scenario;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.Checkpoint;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.ClaimRequest;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.checkpoint.FencedWrite;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.run.RunProgress;
import dev.mdp.pipeline.window.TumblingWindows;
import dev.mdp.pipeline.window.WindowSettings;
import dev.mdp.store.PostgresStore;
import dev.mdp.testkit.LowWater;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Ticks through the worker's own windows into the tables, as the workers of one shard that have
/// read them all.
final class StoredWindows {
  private static final String TOPIC = "mdp.events";
  private static final long APPENDED = 1_760_000_000_000_000L;

  private StoredWindows() {}

  /// Returns how many bars were made of ticks.
  ///
  /// @param lateMicros how far behind the newest a tick may be
  /// @param external bars that came as bars
  static long store(
      PostgresStore store,
      List<Interval> intervals,
      long lateMicros,
      List<Tick> ticks,
      List<Bar> external) {
    TumblingWindows windows =
        new TumblingWindows(
            new WindowSettings(
                "micro_batch",
                intervals,
                lateMicros,
                lateMicros,
                900_000_000L,
                900_000_000L,
                1_000_000));
    long entry = 0;
    for (Tick tick : ticks) {
      windows.fold(tick, new Position(++entry, 0), APPENDED, false);
    }
    for (String provider : ticks.stream().map(Tick::provider).distinct().sorted().toList()) {
      windows.end(provider, "", new Position(++entry, 0), APPENDED, false);
    }
    List<Bar> bars = new ArrayList<>();
    windows.emitDue(APPENDED, 0, (bar, kind, waited) -> bars.add(bar));
    int made = bars.size();
    bars.addAll(external);
    commit(store, intervals, windows, new Position(entry, 0), bars);
    store.ticks().write(ticks, writes -> List.of());
    LowWater.raise(
        store.checkpoints().marks(),
        "t-tick-consumer",
        TOPIC,
        1,
        Map.of(0, new Position(entry, 0)));
    return made;
  }

  private static void commit(
      PostgresStore store,
      List<Interval> intervals,
      TumblingWindows windows,
      Position end,
      List<Bar> bars) {
    CheckpointKey key = new CheckpointKey("t-micro-batcher", TOPIC, 0);
    ClaimResult.Claimed claim =
        (ClaimResult.Claimed)
            store
                .checkpoints()
                .leases()
                .claim(new ClaimRequest(key, "test", 1, intervals, Duration.ofMinutes(1), 0));
    store
        .checkpoints()
        .commits()
        .commit(
            claim.lease(),
            new Checkpoint(
                end,
                end,
                Optional.of(new LogAnchor(end, 1)),
                windows.progress(),
                LedgerCounts.NONE),
            new FencedWrite.Bars(bars),
            RunProgress.NONE);
    store.checkpoints().leases().release(claim.lease());
  }
}
