package dev.mdp.providers.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The mapped paths as a tree, so that one pass over an object finds them all.
final class JsonPaths {
  final Node root = new Node("");

  JsonPaths(ColumnMapping mapping) {
    for (Column column : mapping.mapped()) {
      Node node = root;
      for (String name : String.valueOf(mapping.path(column)).split("\\.")) {
        node = node.childOrNew(name);
      }
      node.columns.add(column);
    }
  }

  /// One name on a path.
  static final class Node {
    final String name;
    final List<Column> columns = new ArrayList<>(1);
    private Node[] children = {};

    /// The line in which this name was last seen; twice in one line is an error.
    long seenInLine;

    private Node(String name) {
      this.name = name;
    }

    @Nullable Node child(String wanted) {
      for (Node child : children) {
        if (child.name.equals(wanted)) {
          return child;
        }
      }
      return null;
    }

    boolean hasChildren() {
      return children.length > 0;
    }

    private Node childOrNew(String wanted) {
      Node known = child(wanted);
      if (known != null) {
        return known;
      }
      Node made = new Node(wanted);
      Node[] more = Arrays.copyOf(children, children.length + 1);
      more[children.length] = made;
      children = more;
      return made;
    }
  }
}
