package dev.mdp.inference.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import dev.mdp.core.error.DataException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which of a model's outputs say what.
///
/// @param label the class of a row: int64 or string
/// @param number probabilities of the classes, or, without a label, a regression's result
/// @param maps whether the probabilities are a map a row (ZipMap)
record OutputBinding(Optional<String> label, Optional<String> number, boolean maps) {

  /// Throws [DataException] when the outputs are neither a classifier's nor a regression's.
  static OutputBinding of(String model, Map<String, NodeInfo> nodes) {
    Optional<String> label = first(nodes, OutputBinding::isLabel);
    Optional<String> maps = first(nodes, OutputBinding::isMaps);
    Optional<String> number = maps.or(() -> first(nodes, OutputBinding::isNumber));
    if (label.isEmpty() && (number.isEmpty() || maps.isPresent())) {
      throw new DataException(
          model
              + ": neither a classifier (an output of labels, one of probabilities) nor a regression: its outputs are "
              + nodes.values());
    }
    return new OutputBinding(label, number, maps.isPresent());
  }

  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    label.ifPresent(names::add);
    number.ifPresent(names::add);
    return names;
  }

  private static Optional<String> first(Map<String, NodeInfo> nodes, Predicate<ValueInfo> wanted) {
    return nodes.entrySet().stream()
        .filter(node -> wanted.test(node.getValue().getInfo()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isLabel(ValueInfo info) {
    return info instanceof TensorInfo tensor
        && (tensor.type == OnnxJavaType.INT64 || tensor.type == OnnxJavaType.STRING);
  }

  private static boolean isNumber(ValueInfo info) {
    return info instanceof TensorInfo tensor
        && (tensor.type == OnnxJavaType.FLOAT || tensor.type == OnnxJavaType.DOUBLE);
  }

  private static boolean isMaps(ValueInfo info) {
    return info instanceof SequenceInfo sequence && sequence.isSequenceOfMaps();
  }
}
