package dev.mdp.pipeline.infer;

import dev.mdp.core.checkpoint.JudgedBy;
import dev.mdp.core.event.Interval;
import dev.mdp.features.FeatureSet;
import dev.mdp.pipeline.ownership.ShardTaskSettings;
import dev.mdp.pipeline.window.WindowSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How one shard is turned into signals.
///
/// @param ownership whose progress, in which shard
/// @param lateness what decides when an evaluation window is closed and sealed; its intervals are
///   those of the first features, the owner's are its own
/// @param maxBatchSize the most entries of one read
/// @param flushTimeout how long progress may wait for its commit
/// @param includeReplays whether lanes other than the live one are evaluated
/// @param signalsTopic where signals are published
/// @param retention how long the topic of signals keeps them, where the bus does not see to it
public record InferSettings(
    ShardTaskSettings ownership,
    WindowSettings lateness,
    int maxBatchSize,
    Duration flushTimeout,
    boolean includeReplays,
    String signalsTopic,
    Duration retention) {
  /// How many symbols a shard may have: anyone may name a new one.
  public static final int MAX_SYMBOLS = 200_000;

  public InferSettings {
    if (maxBatchSize <= 0) {
      throw new IllegalArgumentException("max_batch_size must be positive, was " + maxBatchSize);
    }
  }

  /// What is built of ticks for these features: slices, and evaluation windows.
  public static List<Interval> windows(FeatureSet features) {
    return Stream.of(features.slice(), features.every()).distinct().toList();
  }

  /// What these features need of the log.
  JudgedBy.Reach reach(FeatureSet features) {
    long micros = reachMicros(features);
    return new JudgedBy.Reach(micros, Math.max(micros, lateness.silenceSealMicros()));
  }

  /// How far behind a lane's watermark an entry may lie that a later evaluation still needs.
  private long reachMicros(FeatureSet features) {
    return features.horizon().micros()
        + features.every().micros()
        + lateness.allowLateMicros()
        + lateness.reviseLateMicros();
  }
}
