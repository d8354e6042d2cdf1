package dev.mdp.pipeline.infer;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.ClaimResult;
import dev.mdp.core.ledger.LedgerCounts;
import dev.mdp.core.metrics.PipelineMetrics;
import dev.mdp.pipeline.LedgerMeter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/// Counts what a commit did, after it. One thread.
final class EvaluationMetrics {
  private final CheckpointKey key;
  private final PipelineMetrics metrics;
  private final LedgerMeter ledger;

  EvaluationMetrics(CheckpointKey key, PipelineMetrics metrics, ClaimResult.Claimed claimed) {
    this.key = key;
    this.metrics = metrics;
    this.ledger = new LedgerMeter(key.group(), metrics, claimed.runLedger());
  }

  /// @param lastLiveAppend when the last live entry was appended, or `Long.MIN_VALUE`
  void committed(LedgerCounts now, long nowMicros, long lastLiveAppend) {
    ledger.committed(now);
    if (lastLiveAppend != Long.MIN_VALUE) {
      metrics.consumerLag(
          key.topic(),
          key.group(),
          Integer.toString(key.shard()),
          Duration.of(Math.max(0, nowMicros - lastLiveAppend), ChronoUnit.MICROS));
    }
  }
}
