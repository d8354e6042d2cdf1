package dev.mdp.pipeline.microbatch;

import dev.mdp.core.event.Bar;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.metrics.Metrics;
import dev.mdp.core.store.CheckpointKey;
import dev.mdp.core.store.LedgerCounts;
import dev.mdp.core.store.Outcome;
import dev.mdp.core.store.WriteResult;
import dev.mdp.pipeline.window.EmissionListener;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// Counts what a commit did, after it. One thread.
final class CommitMetrics {
  private final CheckpointKey key;
  private final Metrics metrics;
  private LedgerCounts counted;
  private long lastLiveAppend = Long.MIN_VALUE;

  /// @param counted what of the run's ledger was counted already
  CommitMetrics(CheckpointKey key, Metrics metrics, LedgerCounts counted) {
    this.counted = counted;
    this.key = key;
    this.metrics = metrics;
  }

  /// A live entry was consumed that was appended then.
  void saw(long appendMicros) {
    lastLiveAppend = appendMicros;
  }

  /// Counts what came to the ledger since the last commit; `open` is a level and not counted.
  void ledger(LedgerCounts now) {
    now.byProvider()
        .forEach((provider, entry) ->
            entry
                .outcomes()
                .forEach((outcome, entries) -> {
                  long more = entries - before(provider, outcome);
                  if (more > 0 && outcome != Outcome.OPEN) {
                    metrics.ledger(key.group(), provider, outcome, more);
                  }
                }));
    counted = now;
  }

  void emitted(Bar bar, EmissionListener.Kind kind, long committedAtMicros) {
    metrics.flushed(bar.interval(), bar.symbol(), 1);
    if (kind == EmissionListener.Kind.REVISION) {
      metrics.barsRevised(bar.provider(), 1);
    } else if (kind == EmissionListener.Kind.FIRST && bar.lane().equals(MarketEvent.LIVE)) {
      metrics.windowLatency(
          bar.interval(),
          Duration.of(Math.max(0, committedAtMicros - bar.endMicros()), ChronoUnit.MICROS));
    }
  }

  void committed(WriteResult bars, long committedAtMicros) {
    if (lastLiveAppend != Long.MIN_VALUE) {
      metrics.consumerLag(
          key.topic(),
          key.group(),
          Integer.toString(key.shard()),
          Duration.of(Math.max(0, committedAtMicros - lastLiveAppend), ChronoUnit.MICROS));
    }
    if (bars.refused() > 0) {
      metrics.error("micro-batch", "bar_refused");
    }
  }

  private long before(String provider, Outcome outcome) {
    LedgerCounts.Entry entry = counted.byProvider().get(provider);
    return entry == null ? 0 : entry.outcomes().getOrDefault(outcome, 0L);
  }
}
