package dev.mdp.pipeline.microbatch;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.metrics.PipelineMetrics;
import dev.mdp.core.store.WriteResult;
import dev.mdp.pipeline.LedgerMeter;
import dev.mdp.pipeline.window.EmissionListener;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// Counts what a commit did, after it. One thread.
final class CommitMetrics {
  private final CheckpointKey key;
  private final PipelineMetrics metrics;
  private final LedgerMeter ledger;
  private long lastLiveAppend = Long.MIN_VALUE;

  /// @param counted what of the run's ledger was counted already
  CommitMetrics(CheckpointKey key, PipelineMetrics metrics, LedgerCounts counted) {
    this.key = key;
    this.metrics = metrics;
    this.ledger = new LedgerMeter(key.group(), metrics, counted);
  }

  /// A live entry was consumed that was appended then.
  void observeAppend(long appendMicros) {
    lastLiveAppend = appendMicros;
  }

  void ledger(LedgerCounts now) {
    ledger.committed(now);
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
}
