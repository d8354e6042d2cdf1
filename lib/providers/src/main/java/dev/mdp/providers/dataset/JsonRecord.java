package dev.mdp.providers.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the mapped values out of one JSON object: its own, and a row of them for every element of
/// the array that `each` names. One thread.
final class JsonRecord {
  private final JsonPaths paths;
  private final @Nullable String[] own = new String[MappedColumn.COUNT];
  private final List<@Nullable String[]> elements = new ArrayList<>();
  private boolean hasArray;
  private long objects;

  JsonRecord(JsonPaths paths) {
    this.paths = paths;
  }

  /// Something in the object that cannot be read; the message names it.
  static final class Unreadable extends RuntimeException {
    Unreadable(String message) {
      super(message);
    }
  }

  /// Reads the object that the parser has begun. Throws [Unreadable].
  void read(JsonParser parser) throws IOException {
    clear();
    readObject(parser, paths.root, own, ++objects);
    for (@Nullable String[] element : elements) {
      for (int i = 0; i < own.length; i++) {
        element[i] = own[i] != null ? own[i] : element[i];
      }
    }
  }

  /// Forgets what was read, whole or not.
  void clear() {
    Arrays.fill(own, null);
    elements.clear();
    hasArray = false;
  }

  /// The object's own values by [MappedColumn#ordinal].
  @Nullable String[] own() {
    return own;
  }

  /// Whether the array that `each` names was there.
  boolean hasArray() {
    return hasArray;
  }

  /// The values of each element, with the object's own among them.
  List<@Nullable String[]> elements() {
    return elements;
  }

  private void readObject(
      JsonParser parser, JsonPaths.Node node, @Nullable String[] texts, long object)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      JsonPaths.Node child = node.child(parser.currentName());
      JsonToken value = parser.nextToken();
      if (child == null) {
        parser.skipChildren();
        continue;
      }
      if (child.seenInObject == object) {
        throw new Unreadable("the key " + Quoted.of(child.name) + " is there twice");
      }
      child.seenInObject = object;
      if (child.holdsElements()) {
        readElements(parser, value, child);
        continue;
      }
      if (!child.columns.isEmpty()) {
        take(parser, value, child, texts);
      }
      if (child.hasChildren() && value == JsonToken.START_OBJECT) {
        readObject(parser, child, texts, object);
      } else if (child.hasChildren() && value == JsonToken.START_ARRAY) {
        throw new Unreadable(anArray(child));
      } else {
        parser.skipChildren();
      }
    }
  }

  private String anArray(JsonPaths.Node node) {
    String remedy =
        "; columns: { each: %s, … } reads each of its elements as a trade".formatted(node.path);
    return "%s: found an array, want an object%s"
        .formatted(node.path, paths.element.hasChildren() ? "" : remedy);
  }

  private void readElements(JsonParser parser, JsonToken value, JsonPaths.Node node)
      throws IOException {
    if (value == JsonToken.START_OBJECT) {
      throw new Unreadable("each: want an array at %s, found an object".formatted(node.path));
    }
    if (value != JsonToken.START_ARRAY) {
      return;
    }
    hasArray = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new Unreadable(
            "each: element %d of %s is %s, want an object"
                .formatted(elements.size() + 1, node.path, found(parser)));
      }
      @Nullable String[] texts = new String[MappedColumn.COUNT];
      elements.add(texts);
      readObject(parser, paths.element, texts, ++objects);
    }
  }

  private static void take(
      JsonParser parser, JsonToken value, JsonPaths.Node node, @Nullable String[] texts)
      throws IOException {
    switch (value) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        String text = parser.getText();
        for (MappedColumn column : node.columns) {
          texts[column.ordinal()] = text;
        }
      }
      case VALUE_NULL -> {}
      default ->
          throw new Unreadable(
              node.columns.getFirst().word() + ": want a number or a text, found " + found(parser));
    }
  }

  private static String found(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a text";
      default -> parser.getText();
    };
  }
}
