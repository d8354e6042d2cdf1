package dev.mdp.inference.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;

/// The outputs of one run by name, each of the kind and the size that it must have.
record RunOutputs(OrtSession.Result result) {

  OnnxTensor tensor(String name) throws ScoringException {
    if (value(name) instanceof OnnxTensor tensor) {
      return tensor;
    }
    throw new ScoringException("the output '" + name + "' is not a tensor", null);
  }

  OnnxValue value(String name) throws ScoringException {
    return result
        .get(name)
        .orElseThrow(() -> new ScoringException("no output '" + name + "'", null));
  }

  /// The numbers of a tensor that must have this many.
  static double[] numbers(OnnxTensor tensor, long count) throws ScoringException {
    requireCount(tensor.getInfo().getNumElements(), count, "results");
    if (tensor.getInfo().type == OnnxJavaType.DOUBLE) {
      return tensor.getDoubleBuffer().array();
    }
    float[] floats = tensor.getFloatBuffer().array();
    double[] numbers = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      numbers[i] = floats[i];
    }
    return numbers;
  }

  /// Throws when the model gave another number of `what`, or nothing.
  static void requireCount(long given, long wanted, String what) throws ScoringException {
    if (given != wanted || wanted == 0) {
      throw new ScoringException("the model gave " + given + " " + what + ", not " + wanted, null);
    }
  }
}
