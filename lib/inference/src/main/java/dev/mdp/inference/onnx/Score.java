package dev.mdp.inference.onnx;

import java.util.Optional;
import java.util.OptionalDouble;

/// What a model says of one row.
///
/// @param label the class, of a classifier
/// @param value the class as a number, NaN when it is a word; of a regression its result
/// @param score the probability of the class, when the model gives one
public record Score(Optional<String> label, double value, OptionalDouble score) {
  static Score ofClass(String label, double value, OptionalDouble score) {
    return new Score(Optional.of(label), value, score);
  }

  static Score ofNumber(double value) {
    return new Score(Optional.empty(), value, OptionalDouble.empty());
  }
}
