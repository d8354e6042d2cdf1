package dev.mdp.inference.onnx;

import java.util.List;

/// A model that is open. One thread scores and closes; any thread may cancel.
public interface Scorer extends AutoCloseable {
  /// The features of a row, in order.
  List<String> inputs();

  /// The model file's SHA-256 in hexadecimal.
  String sha256();

  /// One score a row. Blocks; throws [ScoringException].
  ///
  /// @param rows finite numbers in the order of the inputs, at least one row
  List<Score> score(double[][] rows) throws ScoringException;

  /// Asks the scoring that runs now, if any, to end soon with an error.
  void cancel();

  /// Frees the memory outside the heap. Not while a scoring runs.
  @Override
  void close();
}
