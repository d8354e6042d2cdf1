package dev.mdp.pipeline.infer;

import dev.mdp.features.FeatureSet;
import dev.mdp.inference.onnx.ModelEvaluator;
import dev.mdp.inference.rules.RuleSet;
import java.util.Optional;

/// What is computed and asked at each evaluation.
///
/// @param features those that the rules and the model look at, in the rules' order
/// @param rules evaluated always; their signals count where no model is asked, or where it gives
///   nothing
/// @param model thread-safe, and shared by the shards
public record Inference(FeatureSet features, RuleSet rules, Optional<ModelEvaluator> model) {
  public Inference {
    var named = rules.features().stream().map(spec -> spec.name()).toList();
    if (!features.names().equals(named)) {
      throw new IllegalArgumentException(
          "the features are " + features.names() + ", the rules look at " + named);
    }
  }
}
