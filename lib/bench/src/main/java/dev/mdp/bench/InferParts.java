package dev.mdp.bench;

import dev.mdp.bus.codec.EventCodec;
import dev.mdp.bus.codec.SignalCodec;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.rule.RuleSpec;
import dev.mdp.core.rule.SourceText;
import dev.mdp.core.run.JobRuns;
import dev.mdp.features.FeatureSet;
import dev.mdp.inference.rules.RuleSet;
import dev.mdp.pipeline.ConflictNotices;
import dev.mdp.pipeline.infer.InferPorts;
import dev.mdp.pipeline.infer.InferSettings;
import dev.mdp.pipeline.infer.InferWorker;
import dev.mdp.pipeline.infer.Inference;
import dev.mdp.pipeline.ownership.ShardTaskPorts;
import dev.mdp.pipeline.ownership.ShardTaskSettings;
import dev.mdp.pipeline.worker.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Eight features, ten rules, and an infer worker as the command wires it.
final class InferParts {
  /// Fires at every evaluation.
  static final String ALWAYS = "priced";

  /// Fires when more than [#HEAVY_VOLUME] was traded in the last minute.
  static final String HEAVY = "heavy";

  static final long HEAVY_VOLUME = 1_000_000;

  private static final List<RuleSpec> RULES =
      List.of(
          rule(ALWAYS, "price > 0"),
          rule(HEAVY, "volume > " + HEAVY_VOLUME),
          rule("rising", "momentum > 0.1 and volatility < 2000"),
          rule("falling", "momentum < -0.1 and volatility < 2000"),
          rule("oversold", "rsi < 30"),
          rule("overbought", "rsi > 70"),
          rule("above", "crosses_above(price, vwap)"),
          rule("below", "crosses_below(price, vwap)"),
          rule("skewed", "abs(skewness) > 1 || kurtosis > 3"),
          rule("turned", "ret < 0 && price > prev(price, 1) * 1.1"));

  private InferParts() {}

  /// The eight features are the defaults of the names that the rules use.
  static Inference inference() {
    RuleSet rules = RuleSet.compile(RULES, List.of());
    return new Inference(
        new FeatureSet(rules.features(), WorkerParts.WINDOW), rules, Optional.empty());
  }

  static InferWorker worker(WorkerParts parts, String topic) {
    long run =
        parts
            .store()
            .jobRuns()
            .start(
                new JobRuns.Start(
                    "infer", null, null, JobRuns.Mode.LIVE, "bench", "bench", List.of()));
    Inference inference = inference();
    EventCodec codec = new EventCodec();
    SignalCodec signals = new SignalCodec();
    return new InferWorker(
        new InferSettings(
            new ShardTaskSettings(
                new CheckpointKey("mdp-consumers-inference", topic, 0),
                "bench-" + ProcessHandle.current().pid(),
                1,
                InferSettings.windows(inference.features()),
                Duration.ofSeconds(15),
                false,
                run),
            WorkerParts.windows(InferSettings.windows(inference.features())),
            5_000,
            Duration.ofSeconds(1),
            false,
            topic + ".signals",
            Duration.ofHours(24)),
        new InferPorts(
            parts.bus(),
            new ShardTaskPorts(
                parts.store().checkpoints(),
                ShardAssignment.everything(),
                Clock.systemUTC(),
                Pause.sleeping(),
                parts.recorder()),
            codec::encode,
            signals::encode,
            parts.recorder().inference(),
            new ConflictNotices(),
            () -> inference));
  }

  private static RuleSpec rule(String name, String condition) {
    return RuleSpec.of(name, SourceText.of("bench", condition, 1, 1), 1);
  }
}
