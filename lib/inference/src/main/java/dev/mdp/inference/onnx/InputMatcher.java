package dev.mdp.inference.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import dev.mdp.core.error.ConfigException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Matches a model's inputs with the features there are. Throws [ConfigException] with both lists
/// when they do not fit.
final class InputMatcher {
  private static final long OPEN = -1;

  private final String model;
  private final Map<String, NodeInfo> nodes;
  private final ModelExpectations expected;

  InputMatcher(String model, Map<String, NodeInfo> nodes, ModelExpectations expected) {
    this.model = model;
    this.nodes = nodes;
    this.expected = expected;
  }

  InputBinding match() {
    nodes.forEach(this::check);
    List<String> unknown =
        expected.inputs().stream().filter(name -> !expected.features().contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw mismatch("inputs names " + unknown + ", which no feature is");
    }
    if (nodes.size() == 1 && !namesFeature()) {
      return oneTensor();
    }
    return tensorEach();
  }

  private boolean namesFeature() {
    String only = nodes.keySet().iterator().next();
    return expected.features().contains(only)
        && expected.inputs().size() < 2
        && width(only) != OPEN
        && width(only) == 1;
  }

  private InputBinding oneTensor() {
    String only = nodes.keySet().iterator().next();
    if (expected.inputs().isEmpty()) {
      throw mismatch(
          "its one input '"
              + only
              + "' does not say which features it takes: name them, in the order of the training, with inputs: […]");
    }
    if (width(only) != OPEN && width(only) != expected.inputs().size()) {
      throw mismatch(
          "its input '%s' has %d columns, inputs names %d"
              .formatted(only, width(only), expected.inputs().size()));
    }
    return new InputBinding.OneTensor(only, tensor(only).type, expected.inputs());
  }

  private InputBinding tensorEach() {
    List<String> names = new ArrayList<>(nodes.keySet());
    if (!expected.inputs().isEmpty()
        && !new TreeSet<>(expected.inputs()).equals(new TreeSet<>(names))) {
      throw mismatch("its inputs are not what inputs names");
    }
    List<String> unknown =
        names.stream().filter(name -> !expected.features().contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw mismatch("it has the inputs " + unknown + ", which no feature is");
    }
    for (String name : names) {
      if (width(name) != 1 && width(name) != OPEN) {
        throw mismatch(
            "its input '%s' has %d columns, and a feature is one".formatted(name, width(name)));
      }
    }
    return new InputBinding.TensorEach(
        names, names.stream().map(name -> tensor(name).type).toList());
  }

  private void check(String name, NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo tensor)
        || (tensor.type != OnnxJavaType.FLOAT && tensor.type != OnnxJavaType.DOUBLE)
        || tensor.getShape().length != 2) {
      throw mismatch(
          "its input '%s' is not a float or double tensor [rows, columns]: %s"
              .formatted(name, node.getInfo()));
    }
    if (tensor.getShape()[0] != OPEN) {
      throw mismatch(
          "its input '%s' takes exactly %d rows: export it with an open first dimension (None)"
              .formatted(name, tensor.getShape()[0]));
    }
  }

  private TensorInfo tensor(String name) {
    NodeInfo node = nodes.get(name);
    if (node == null || !(node.getInfo() instanceof TensorInfo tensor)) {
      throw new AssertionError("checked before: " + name);
    }
    return tensor;
  }

  private long width(String name) {
    return tensor(name).getShape()[1];
  }

  private ConfigException mismatch(String what) {
    List<String> takes =
        nodes.entrySet().stream()
            .map(node ->
                node.getValue().getInfo() instanceof TensorInfo tensor
                    ? node.getKey() + Arrays.toString(tensor.getShape())
                    : node.getKey())
            .toList();
    return new ConfigException(
        "%s: %s\n  the model takes: %s\n  inputs:          %s\n  features:        %s"
            .formatted(
                model,
                what,
                String.join(", ", takes),
                expected.inputs().isEmpty() ? "(not given)" : String.join(", ", expected.inputs()),
                String.join(", ", expected.features())));
  }
}
