package dev.mdp.inference.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Reads the scores out of the results of one run.
///
/// A map of probabilities says which is whose. Columns of probabilities do not, so the score is the
/// greatest of its row: a classifier of scikit-learn chooses the class of the greatest probability.
record OutputReader(OutputBinding binding, int rows) {

  List<Score> read(OrtSession.Result result) throws OrtException, ScoringException {
    RunOutputs outputs = new RunOutputs(result);
    if (binding.label().isEmpty()) {
      List<Score> scores = new ArrayList<>(rows);
      OnnxTensor tensor = outputs.tensor(binding.number().orElseThrow());
      for (double value : RunOutputs.numbers(tensor, rows)) {
        scores.add(Score.ofNumber(value));
      }
      return scores;
    }
    List<String> labels = labels(outputs.tensor(binding.label().get()));
    OptionalDouble[] probabilities = probabilities(outputs, labels);
    List<Score> scores = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      scores.add(Score.ofClass(labels.get(row), number(labels.get(row)), probabilities[row]));
    }
    return scores;
  }

  private List<String> labels(OnnxTensor tensor) throws OrtException, ScoringException {
    RunOutputs.requireCount(tensor.getInfo().getNumElements(), rows, "labels");
    List<String> labels = new ArrayList<>(rows);
    if (tensor.getInfo().type == OnnxJavaType.INT64) {
      for (long label : tensor.getLongBuffer().array()) {
        labels.add(Long.toString(label));
      }
    } else {
      addStrings(tensor.getValue(), labels);
    }
    return labels;
  }

  private static void addStrings(Object value, List<String> into) {
    if (value instanceof Object[] items) {
      for (Object item : items) {
        addStrings(item, into);
      }
    } else {
      into.add(value.toString());
    }
  }

  private OptionalDouble[] probabilities(RunOutputs outputs, List<String> labels)
      throws OrtException, ScoringException {
    OptionalDouble[] probabilities = new OptionalDouble[rows];
    if (binding.number().isEmpty()) {
      Arrays.fill(probabilities, OptionalDouble.empty());
    } else if (binding.maps()) {
      ofMaps(outputs.value(binding.number().get()), labels, probabilities);
    } else {
      ofColumns(outputs.tensor(binding.number().get()), probabilities);
    }
    return probabilities;
  }

  private void ofColumns(OnnxTensor tensor, OptionalDouble[] into) throws ScoringException {
    long elements = tensor.getInfo().getNumElements();
    int columns = (int) (elements / rows);
    RunOutputs.requireCount(elements, (long) columns * rows, "probabilities");
    double[] values = RunOutputs.numbers(tensor, elements);
    for (int row = 0; row < rows; row++) {
      double greatest = values[row * columns];
      for (int column = 1; column < columns; column++) {
        greatest = Math.max(greatest, values[row * columns + column]);
      }
      into[row] = OptionalDouble.of(greatest);
    }
  }

  private void ofMaps(OnnxValue value, List<String> labels, OptionalDouble[] into)
      throws OrtException, ScoringException {
    if (!(value instanceof OnnxSequence sequence)) {
      throw new ScoringException("the probabilities are not a sequence of maps", null);
    }
    List<? extends OnnxValue> maps = sequence.getValue();
    try {
      RunOutputs.requireCount(maps.size(), rows, "maps of probabilities");
      for (int row = 0; row < rows; row++) {
        into[row] = ofMap(maps.get(row), labels.get(row));
      }
    } finally {
      OnnxValue.close(maps);
    }
  }

  private static OptionalDouble ofMap(OnnxValue value, String label) throws OrtException {
    if (value instanceof OnnxMap map) {
      for (Map.Entry<?, ?> entry : map.getValue().entrySet()) {
        if (label.equals(entry.getKey().toString()) && entry.getValue() instanceof Number number) {
          return OptionalDouble.of(number.doubleValue());
        }
      }
    }
    return OptionalDouble.empty();
  }

  private static double number(String label) {
    try {
      return Double.parseDouble(label);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }
}
