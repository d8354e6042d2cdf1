package dev.mdp.config;

import dev.mdp.config.read.Section;
import dev.mdp.core.event.Interval;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// `inference`: what turns features into signals.
///
/// @param every how often a symbol is evaluated, in event time; empty for as often as the windows
///   of `micro_batch` end
public record InferenceConfig(Optional<Interval> every, Rules rules, OnnxConfig onnx) {
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
        new Rules(rules.enabled, rulesFile.apply(rules.file)),
        onnx.withModelPath(modelFile));
  }

  static InferenceConfig read(Section section) {
    Section adapters = section.section("adapters");
    return new InferenceConfig(
        section.scalars().optionalWindow("every"),
        Rules.read(adapters.section("rules")),
        OnnxConfig.readFrom(adapters));
  }
}
