package dev.mdp.inference.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How rows become a model's input tensors.
sealed interface InputBinding {
  /// The features of a row, in order.
  List<String> features();

  /// Tensors by input name; the caller closes them.
  Map<String, OnnxTensor> tensors(OrtEnvironment environment, double[][] rows) throws OrtException;

  /// One tensor with a column for each feature.
  record OneTensor(String input, OnnxJavaType type, List<String> features) implements InputBinding {
    public OneTensor {
      features = List.copyOf(features);
    }

    @Override
    public Map<String, OnnxTensor> tensors(OrtEnvironment environment, double[][] rows)
        throws OrtException {
      return Map.of(input, tensor(environment, type, rows, 0, features.size()));
    }
  }

  /// One tensor with one column for each feature, named as it is.
  ///
  /// @param types of the features' tensors
  record TensorEach(List<String> features, List<OnnxJavaType> types) implements InputBinding {
    public TensorEach {
      features = List.copyOf(features);
      types = List.copyOf(types);
    }

    @Override
    public Map<String, OnnxTensor> tensors(OrtEnvironment environment, double[][] rows)
        throws OrtException {
      Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
      for (int i = 0; i < features.size(); i++) {
        tensors.put(features.get(i), tensor(environment, types.get(i), rows, i, 1));
      }
      return tensors;
    }
  }

  private static OnnxTensor tensor(
      OrtEnvironment environment, OnnxJavaType type, double[][] rows, int from, int columns)
      throws OrtException {
    long[] shape = {rows.length, columns};
    if (type == OnnxJavaType.DOUBLE) {
      DoubleBuffer doubles = DoubleBuffer.allocate(rows.length * columns);
      for (double[] row : rows) {
        doubles.put(row, from, columns);
      }
      return OnnxTensor.createTensor(environment, doubles.flip(), shape);
    }
    FloatBuffer floats = FloatBuffer.allocate(rows.length * columns);
    for (double[] row : rows) {
      for (int i = from; i < from + columns; i++) {
        floats.put((float) row[i]);
      }
    }
    return OnnxTensor.createTensor(environment, floats.flip(), shape);
  }
}
