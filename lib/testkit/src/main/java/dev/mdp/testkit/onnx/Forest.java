package dev.mdp.testkit.onnx;

import dev.mdp.testkit.onnx.OnnxGraph.Node;
import java.util.ArrayList;
import java.util.List;

/// Grows the columns of a tree ensemble: complete binary trees, their nodes numbered level by
/// level.
final class Forest {
  private final int features;
  private final List<Long> trees = new ArrayList<>();
  private final List<Long> nodes = new ArrayList<>();
  private final List<Long> tested = new ArrayList<>();
  private final List<Double> thresholds = new ArrayList<>();
  private final List<String> modes = new ArrayList<>();
  private final List<Long> whenTrue = new ArrayList<>();
  private final List<Long> whenFalse = new ArrayList<>();
  private final List<Long> leafTrees = new ArrayList<>();
  private final List<Long> leaves = new ArrayList<>();
  private final List<Long> classes = new ArrayList<>();
  private final List<Double> likely = new ArrayList<>();

  Forest(int features) {
    this.features = features;
  }

  void plant(int tree, int depth) {
    int inner = (1 << depth) - 1;
    for (int node = 0; node < 2 * inner + 1; node++) {
      boolean leaf = node >= inner;
      trees.add((long) tree);
      nodes.add((long) node);
      tested.add(leaf ? 0L : (tree + node) % features);
      thresholds.add(leaf ? 0.0 : (node % 7 - 3) / 4.0);
      modes.add(leaf ? "LEAF" : "BRANCH_LEQ");
      whenTrue.add(leaf ? 0L : 2L * node + 1);
      whenFalse.add(leaf ? 0L : 2L * node + 2);
      if (leaf) {
        double up = (node % 5 + 0.5) / 5;
        for (int which = 0; which < 2; which++) {
          leafTrees.add((long) tree);
          leaves.add((long) node);
          classes.add((long) which);
          likely.add(which == 0 ? 1 - up : up);
        }
      }
    }
  }

  /// @param weight of each tree
  Node node(double weight) {
    return Node.ml("TreeEnsembleClassifier", List.of("X"), List.of("label", "scores"))
        .integers("nodes_treeids", longs(trees))
        .integers("nodes_nodeids", longs(nodes))
        .integers("nodes_featureids", longs(tested))
        .floats("nodes_values", doubles(thresholds, 1))
        .texts("nodes_modes", modes.toArray(String[]::new))
        .integers("nodes_truenodeids", longs(whenTrue))
        .integers("nodes_falsenodeids", longs(whenFalse))
        .integers("class_treeids", longs(leafTrees))
        .integers("class_nodeids", longs(leaves))
        .integers("class_ids", longs(classes))
        .floats("class_weights", doubles(likely, weight))
        .integers("classlabels_int64s", -1, 1)
        .text("post_transform", "NONE");
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private static double[] doubles(List<Double> values, double factor) {
    return values.stream().mapToDouble(value -> value * factor).toArray();
  }
}
