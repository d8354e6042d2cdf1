package dev.mdp.inference.onnx;

import dev.mdp.core.feature.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes rows of evaluations. One with an input that is undefined, or beyond what a float holds, is
/// no row.
final class ModelRows {
  private final List<String> inputs;
  private final int[] indices;

  ModelRows(List<String> inputs, List<String> features) {
    this.inputs = List.copyOf(inputs);
    this.indices = inputs.stream().mapToInt(features::indexOf).toArray();
    if (Arrays.stream(indices).anyMatch(index -> index < 0)) {
      throw new IllegalArgumentException("the model takes " + inputs + " of " + features);
    }
  }

  /// @param places whose row it is
  /// @param skipped for every evaluation its verdict, where it is not a row
  @SuppressWarnings("ArrayRecordComponent")
  record Batch(double[][] rows, int[] places, List<Verdict> skipped) {}

  Batch batch(List<Evaluation> evaluations) {
    List<double[]> rows = new ArrayList<>(evaluations.size());
    int[] places = new int[evaluations.size()];
    List<Verdict> verdicts = new ArrayList<>(evaluations.size());
    for (int place = 0; place < evaluations.size(); place++) {
      double[] row = row(evaluations.get(place));
      List<String> undefined = undefined(row);
      verdicts.add(new Verdict.Skipped(undefined));
      if (undefined.isEmpty()) {
        places[rows.size()] = place;
        rows.add(row);
      }
    }
    return new Batch(rows.toArray(double[][]::new), Arrays.copyOf(places, rows.size()), verdicts);
  }

  private double[] row(Evaluation evaluation) {
    double[] row = new double[indices.length];
    for (int i = 0; i < indices.length; i++) {
      row[i] = evaluation.features()[indices[i]];
    }
    return row;
  }

  private List<String> undefined(double[] row) {
    List<String> undefined = List.of();
    for (int i = 0; i < row.length; i++) {
      if (!(Math.abs(row[i]) <= Float.MAX_VALUE)) {
        undefined = new ArrayList<>(undefined);
        undefined.add(inputs.get(i));
      }
    }
    return undefined;
  }
}
