package dev.mdp.providers.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The mapped paths as trees, so that one pass over an object finds them all.
final class JsonPaths {
  /// Of the line's object.
  final Node root = new Node("", "");

  /// Of an element of the array that `each` names.
  final Node element = new Node("", "");

  JsonPaths(ColumnMapping mapping) {
    String each = mapping.each();
    for (MappedColumn column : mapping.mapped()) {
      String path = String.valueOf(mapping.path(column));
      if (each == null) {
        root.at(path).columns.add(column);
      } else if (path.startsWith(ColumnMapping.ROOT)) {
        root.at(path.substring(ColumnMapping.ROOT.length())).columns.add(column);
      } else {
        element.at(path).columns.add(column);
      }
    }
    if (each != null) {
      root.at(each).holdsElements = true;
    }
  }

  /// One name on a path.
  static final class Node {
    final String name;

    /// The names from the tree's root to here.
    final String path;

    final List<MappedColumn> columns = new ArrayList<>(1);
    private Node[] children = {};
    private boolean holdsElements;

    /// The object in which this name was last seen; twice in one object is an error.
    long seenInObject;

    private Node(String name, String path) {
      this.name = name;
      this.path = path;
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

    /// Whether its value is the array that `each` names.
    boolean holdsElements() {
      return holdsElements;
    }

    private Node at(String names) {
      Node node = this;
      for (String next : names.split("\\.")) {
        node = node.childOrNew(next);
      }
      return node;
    }

    private Node childOrNew(String wanted) {
      Node known = child(wanted);
      if (known != null) {
        return known;
      }
      Node made = new Node(wanted, path.isEmpty() ? wanted : path + "." + wanted);
      Node[] more = Arrays.copyOf(children, children.length + 1);
      more[children.length] = made;
      children = more;
      return made;
    }
  }
}
