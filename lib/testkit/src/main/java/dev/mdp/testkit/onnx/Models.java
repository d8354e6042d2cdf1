package dev.mdp.testkit.onnx;

import static dev.mdp.testkit.onnx.OnnxGraph.ANY;
import static dev.mdp.testkit.onnx.OnnxGraph.FLOAT;
import static dev.mdp.testkit.onnx.OnnxGraph.INT64;
import static dev.mdp.testkit.onnx.OnnxGraph.STRING;

import dev.mdp.testkit.onnx.OnnxGraph.Node;
import java.util.List;

/// The models of the tests, and the same arithmetic by hand.
public final class Models {
  public static final List<String> FEATURES = List.of("vwap_1m", "ret_30s", "rsi_14");
  private static final double[] COEFFICIENTS = {0.02, -1.5, 0.25};
  private static final double[] COEFFICIENTS_UP = {-0.01, 3, 0.5};
  private static final double[] COEFFICIENTS_DOWN = {0.005, -2, -0.125};
  private static final double[] INTERCEPTS = {0.1, -0.2, 0.3};

  private Models() {}

  /// A logistic regression over two features with the classes -1 and 1, as skl2onnx writes it.
  public static OnnxGraph logistic(boolean zipMap) {
    Node classifier =
        Node.ml("LinearClassifier", List.of("X"), List.of("label", "scores"))
            .floats(
                "coefficients",
                -COEFFICIENTS[0],
                -COEFFICIENTS[1],
                COEFFICIENTS[0],
                COEFFICIENTS[1])
            .floats("intercepts", -INTERCEPTS[0], INTERCEPTS[0])
            .integers("classlabels_ints", -1, 1)
            .integer("multi_class", 0)
            .text("post_transform", "LOGISTIC");
    return classified(classifier, 2, zipMap);
  }

  /// With the outputs of a classifier of -1 and 1.
  private static OnnxGraph classified(Node classifier, int features, boolean zipMap) {
    OnnxGraph graph =
        new OnnxGraph()
            .input("X", FLOAT, ANY, features)
            .output("label", INT64, ANY)
            .node(classifier);
    return zipMap
        ? graph
            .node(
                Node.ml("ZipMap", List.of("scores"), List.of("p"))
                    .integers("classlabels_int64s", -1, 1))
            .mapsOutput("p", INT64)
        : graph.output("scores", FLOAT, ANY, 2);
  }

  /// The probability of class 1 of [#logistic].
  public static double logistic(double vwap, double ret) {
    double z =
        (float) COEFFICIENTS[0] * (float) vwap
            + (float) COEFFICIENTS[1] * (float) ret
            + (float) INTERCEPTS[0];
    return 1 / (1 + Math.exp(-z));
  }

  /// A softmax regression over three features with the classes `down`, `flat` and `up`.
  public static OnnxGraph softmax(boolean zipMap) {
    double[] all = new double[9];
    System.arraycopy(COEFFICIENTS_DOWN, 0, all, 0, 3);
    System.arraycopy(COEFFICIENTS, 0, all, 3, 3);
    System.arraycopy(COEFFICIENTS_UP, 0, all, 6, 3);
    Node classifier =
        Node.ml("LinearClassifier", List.of("X"), List.of("label", "scores"))
            .floats("coefficients", all)
            .floats("intercepts", INTERCEPTS)
            .texts("classlabels_strings", "down", "flat", "up")
            .integer("multi_class", 1)
            .text("post_transform", "SOFTMAX");
    OnnxGraph graph =
        new OnnxGraph().input("X", FLOAT, ANY, 3).output("label", STRING, ANY).node(classifier);
    return zipMap
        ? graph
            .node(
                Node.ml("ZipMap", List.of("scores"), List.of("p"))
                    .texts("classlabels_strings", "down", "flat", "up"))
            .mapsOutput("p", STRING)
        : graph.output("scores", FLOAT, ANY, 3);
  }

  /// The probabilities of `down`, `flat` and `up`.
  public static double[] softmax(double[] row) {
    double[][] coefficients = {COEFFICIENTS_DOWN, COEFFICIENTS, COEFFICIENTS_UP};
    double[] result = new double[3];
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double z = INTERCEPTS[c];
      for (int i = 0; i < 3; i++) {
        z += coefficients[c][i] * row[i];
      }
      result[c] = Math.exp(z);
      sum += result[c];
    }
    for (int c = 0; c < 3; c++) {
      result[c] /= sum;
    }
    return result;
  }

  /// One tree: `rsi_14 <= 30` is class 1 with 0.9, else `vwap_1m <= 100` is 0 with 0.6, else 2 with
  /// 0.75.
  public static OnnxGraph tree() {
    Node tree =
        Node.ml("TreeEnsembleClassifier", List.of("X"), List.of("label", "scores"))
            .integers("nodes_treeids", 0, 0, 0, 0, 0)
            .integers("nodes_nodeids", 0, 1, 2, 3, 4)
            .integers("nodes_featureids", 2, 0, 0, 0, 0)
            .floats("nodes_values", 30, 0, 100, 0, 0)
            .texts("nodes_modes", "BRANCH_LEQ", "LEAF", "BRANCH_LEQ", "LEAF", "LEAF")
            .integers("nodes_truenodeids", 1, 0, 3, 0, 0)
            .integers("nodes_falsenodeids", 2, 0, 4, 0, 0)
            .integers("class_treeids", 0, 0, 0, 0, 0, 0, 0, 0, 0)
            .integers("class_nodeids", 1, 1, 1, 3, 3, 3, 4, 4, 4)
            .integers("class_ids", 0, 1, 2, 0, 1, 2, 0, 1, 2)
            .floats("class_weights", .05, .9, .05, .6, .2, .2, .125, .125, .75)
            .integers("classlabels_int64s", 0, 1, 2)
            .text("post_transform", "NONE");
    return new OnnxGraph()
        .input("X", FLOAT, ANY, 3)
        .output("label", INT64, ANY)
        .output("scores", FLOAT, ANY, 3)
        .node(tree);
  }

  /// A logistic regression over this many features, for what only wants to know its time.
  public static OnnxGraph linear(int features, boolean zipMap) {
    double[] coefficients = new double[2 * features];
    for (int i = 0; i < features; i++) {
      coefficients[i] = -0.1 * (i + 1);
      coefficients[features + i] = 0.1 * (i + 1);
    }
    return classified(
        Node.ml("LinearClassifier", List.of("X"), List.of("label", "scores"))
            .floats("coefficients", coefficients)
            .floats("intercepts", -0.5, 0.5)
            .integers("classlabels_ints", -1, 1)
            .integer("multi_class", 0)
            .text("post_transform", "LOGISTIC"),
        features,
        zipMap);
  }

  /// This many complete trees of this depth over this many features, for what only wants to know
  /// its time.
  public static OnnxGraph forest(int trees, int depth, int features) {
    Forest forest = new Forest(features);
    for (int tree = 0; tree < trees; tree++) {
      forest.plant(tree, depth);
    }
    return classified(forest.node(1.0 / trees), features, false);
  }

  /// The logarithm of one feature, named as its input is; undefined below zero.
  public static OnnxGraph logarithm(int type) {
    return new OnnxGraph()
        .input("ret_30s", type, ANY, 1)
        .output("y", type, ANY, 1)
        .node(Node.basic("Log", List.of("ret_30s"), List.of("y")));
  }

  /// One input a feature: what scikit-learn's column transformers become.
  public static OnnxGraph tensorEach() {
    return new OnnxGraph()
        .input("rsi_14", FLOAT, ANY, 1)
        .input("vwap_1m", FLOAT, ANY, 1)
        .output("y", FLOAT, ANY, 1)
        .node(Node.basic("Sub", List.of("rsi_14", "vwap_1m"), List.of("y")));
  }

  /// Gives its feature back, but runs for ever when one of a batch is above zero.
  public static OnnxGraph endless() {
    OnnxGraph body =
        new OnnxGraph()
            .scalar(true, "i", INT64)
            .scalar(true, "go", OnnxGraph.BOOLEAN)
            .input("x", FLOAT, ANY, 1)
            .scalar(false, "on", OnnxGraph.BOOLEAN)
            .output("same", FLOAT, ANY, 1)
            .node(Node.basic("Identity", List.of("go"), List.of("on")))
            .node(Node.basic("Identity", List.of("x"), List.of("same")));
    return new OnnxGraph()
        .input("rsi_14", FLOAT, ANY, 1)
        .output("y", FLOAT, ANY, 1)
        .node(
            Node.basic("ReduceMax", List.of("rsi_14"), List.of("greatest")).integer("keepdims", 0))
        .node(Node.basic("Constant", List.of(), List.of("zero")).decimal("value_float", 0))
        .node(Node.basic("Greater", List.of("greatest", "zero"), List.of("above")))
        .node(Node.basic("Loop", List.of("", "above", "rsi_14"), List.of("y")).graph("body", body));
  }
}
