package dev.mdp.testkit.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Builds an ONNX file out of operators, by the field numbers of onnx.proto.
public final class OnnxGraph {
  public static final int FLOAT = 1;
  public static final int INT64 = 7;
  public static final int STRING = 8;
  public static final int BOOLEAN = 9;
  public static final int DOUBLE = 11;

  /// A dimension of any size.
  public static final long ANY = -1;

  private final Proto graph = new Proto().text(2, "g");

  public OnnxGraph input(String name, int type, long... shape) {
    graph.message(11, new Proto().text(1, name).message(2, tensor(type, shape)));
    return this;
  }

  public OnnxGraph output(String name, int type, long... shape) {
    graph.message(12, new Proto().text(1, name).message(2, tensor(type, shape)));
    return this;
  }

  /// An output that is a map of probabilities for each row.
  public OnnxGraph mapsOutput(String name, int keyType) {
    Proto map = new Proto().number(1, keyType).message(2, tensor(FLOAT));
    Proto sequence = new Proto().message(1, new Proto().message(5, map));
    graph.message(12, new Proto().text(1, name).message(2, new Proto().message(4, sequence)));
    return this;
  }

  public OnnxGraph node(Node node) {
    graph.message(1, node.proto);
    return this;
  }

  public byte[] bytes() {
    return new Proto()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Proto().text(1, "").number(2, 15))
        .message(8, new Proto().text(1, "ai.onnx.ml").number(2, 3))
        .toBytes();
  }

  public Path write(Path folder) {
    try {
      return Files.write(Files.createTempFile(folder, "model", ".onnx"), bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A value that is neither a vector nor a matrix, in or out of an inner graph.
  public OnnxGraph scalar(boolean in, String name, int type) {
    Proto tensor = new Proto().number(1, type).message(2, new Proto());
    graph.message(
        in ? 11 : 12, new Proto().text(1, name).message(2, new Proto().message(1, tensor)));
    return this;
  }

  private static Proto tensor(int type, long... shape) {
    Proto dimensions = new Proto();
    for (long size : shape) {
      dimensions.message(1, size == ANY ? new Proto().text(2, "N") : new Proto().number(1, size));
    }
    Proto tensor = new Proto().number(1, type);
    if (shape.length > 0) {
      tensor.message(2, dimensions);
    }
    return new Proto().message(1, tensor);
  }

  /// One operator.
  public static final class Node {
    private final Proto proto = new Proto();

    private Node(String domain, String operator, List<String> inputs, List<String> outputs) {
      inputs.forEach(name -> proto.text(1, name));
      outputs.forEach(name -> proto.text(2, name));
      proto.text(4, operator).text(7, domain);
    }

    public static Node ml(String operator, List<String> inputs, List<String> outputs) {
      return new Node("ai.onnx.ml", operator, inputs, outputs);
    }

    public static Node basic(String operator, List<String> inputs, List<String> outputs) {
      return new Node("", operator, inputs, outputs);
    }

    public Node text(String name, String value) {
      proto.message(5, new Proto().text(1, name).text(4, value).number(20, 3));
      return this;
    }

    public Node integer(String name, long value) {
      proto.message(5, new Proto().text(1, name).number(3, value).number(20, 2));
      return this;
    }

    public Node decimal(String name, double value) {
      proto.message(5, new Proto().text(1, name).decimal(2, (float) value).number(20, 1));
      return this;
    }

    public Node graph(String name, OnnxGraph value) {
      proto.message(5, new Proto().text(1, name).message(6, value.graph).number(20, 5));
      return this;
    }

    public Node floats(String name, double... values) {
      Proto attribute = new Proto().text(1, name).number(20, 6);
      for (double value : values) {
        attribute.decimal(7, (float) value);
      }
      proto.message(5, attribute);
      return this;
    }

    public Node integers(String name, long... values) {
      Proto attribute = new Proto().text(1, name).number(20, 7);
      for (long value : values) {
        attribute.number(8, value);
      }
      proto.message(5, attribute);
      return this;
    }

    public Node texts(String name, String... values) {
      Proto attribute = new Proto().text(1, name).number(20, 8);
      for (String value : values) {
        attribute.text(9, value);
      }
      proto.message(5, attribute);
      return this;
    }
  }
}
