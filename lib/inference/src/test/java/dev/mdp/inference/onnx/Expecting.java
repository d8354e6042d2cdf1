package dev.mdp.inference.onnx;

import dev.mdp.testkit.onnx.Models;
import java.util.List;
import java.util.Optional;

/// What the tests' models are opened with.
final class Expecting {
  private Expecting() {}

  static ModelExpectations expecting(String... inputs) {
    return new ModelExpectations(
        Models.FEATURES, List.of(inputs), Optional.empty(), ModelExpectations.DEFAULT_MAX_BYTES);
  }
}
