package dev.mdp.config;

import dev.mdp.config.read.Section;
import dev.mdp.core.event.Interval;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// `inference`: what turns features into signals.
///
/// @param every how often a symbol is evaluated, in event time; empty for as often as the windows
///   of `micro_batch` end
/// @param shards how they are read, and when evaluation windows are closed: where not given, as
///   those of `micro_batch`
public record InferenceConfig(
    Optional<Interval> every, ShardConfig shards, Rules rules, OnnxConfig onnx) {
  /// @param file relative to the working directory, or absolute
  public record Rules(boolean enabled, Path file) {
    static final String KEY = "inference.adapters.rules.file";

    static Rules read(Section section) {
      return new Rules(
          section.scalars().flag("enabled", true),
          section.scalars().parsed("file", Path.of("configs/rules.yaml"), Path::of));
    }
  }

  InferenceConfig naming(UnaryOperator<Path> rulesFile, UnaryOperator<Path> modelFile) {
    return new InferenceConfig(
        every,
        shards,
        new Rules(rules.enabled, rulesFile.apply(rules.file)),
        onnx.withModelPath(modelFile));
  }

  static InferenceConfig read(Section section, MicroBatchConfig microBatch) {
    Section adapters = section.section("adapters");
    ShardConfig shards = ShardConfig.readDiffering(section, microBatch.shards());
    Duration reviseLate = shards.reviseLate();
    boolean isOwn = !reviseLate.equals(microBatch.shards().reviseLate());
    if (isOwn && reviseLate.compareTo(microBatch.maxFuture()) < 0) {
      section.problem(
          "revise_late_ms",
          "must be at least micro_batch.max_future_ms (%d), was %d: else an event ahead of its time could seal windows"
              .formatted(microBatch.maxFuture().toMillis(), reviseLate.toMillis()));
    }
    return new InferenceConfig(
        section.times().optionalWindow("every"),
        shards,
        Rules.read(adapters.section("rules")),
        OnnxConfig.readFrom(adapters));
  }
}
