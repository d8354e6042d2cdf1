package dev.mdp.inference.onnx;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a model file must be.
///
/// @param features the names of the features there are, in the order of the evaluations
/// @param inputs the features the model takes, in order; empty when its inputs are named so
/// @param sha256 what the file's SHA-256 must be, in hexadecimal
/// @param maxBytes how large the file may be
public record ModelExpectations(
    List<String> features, List<String> inputs, Optional<String> sha256, long maxBytes) {
  public static final long DEFAULT_MAX_BYTES = 256L << 20;

  public ModelExpectations {
    features = List.copyOf(features);
    inputs = List.copyOf(inputs);
    sha256 = sha256.map(hex -> hex.toLowerCase(Locale.ROOT));
    if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 8L) {
      throw new IllegalArgumentException("a model has 1 byte to 2 GiB, not " + maxBytes);
    }
  }
}
