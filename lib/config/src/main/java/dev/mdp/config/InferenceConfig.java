package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import java.nio.file.Path;

/// `inference`: what turns features into signals.
public record InferenceConfig(Rules rules, Sklearn sklearn) {
  /// @param file relative to the working directory
  public record Rules(boolean enabled, Path file) {
    static Rules read(Section section) {
      Scalars values = section.scalars();
      return new Rules(
          values.flag("enabled", true),
          values.parsed("file", Path.of("configs/rules.yaml"), Path::of));
    }
  }

  /// @param modelPath empty when there is no model
  public record Sklearn(boolean enabled, String modelPath) {
    static Sklearn read(Section section) {
      Scalars values = section.scalars();
      Sklearn sklearn =
          new Sklearn(values.flag("enabled", false), values.textOrEmpty("model_path"));
      if (sklearn.enabled && sklearn.modelPath.isBlank()) {
        section.problem("model_path", "must name the model's file when enabled: true");
      }
      return sklearn;
    }
  }

  static InferenceConfig read(Section section) {
    Section adapters = section.section("adapters");
    return new InferenceConfig(
        Rules.read(adapters.section("rules")), Sklearn.read(adapters.section("sklearn")));
  }
}
