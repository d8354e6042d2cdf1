package dev.mdp.testkit.venue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON, strictly, into maps, lists, strings, [BigDecimal]s, booleans and null. It owes
/// nothing to the product's own decoders. One thread.
final class JsonIn {
  private final JsonCursor in;

  private JsonIn(JsonCursor in) {
    this.in = in;
  }

  /// Throws [IllegalArgumentException] for what is not JSON.
  static @Nullable Object read(String text) {
    JsonCursor cursor = new JsonCursor(text);
    Object value = new JsonIn(cursor).value();
    cursor.end();
    return value;
  }

  private @Nullable Object value() {
    in.space();
    return switch (in.peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> in.string();
      case 't' -> word("true", Boolean.TRUE);
      case 'f' -> word("false", Boolean.FALSE);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    in.expect('{');
    in.space();
    while (in.peek() != '}') {
      String key = in.string();
      in.space();
      in.expect(':');
      map.put(key, value());
      separate('}');
    }
    in.expect('}');
    return map;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> list = new ArrayList<>();
    in.expect('[');
    in.space();
    while (in.peek() != ']') {
      list.add(value());
      separate(']');
    }
    in.expect(']');
    return list;
  }

  /// After an item: the end, or a separator and another item.
  private void separate(char end) {
    in.space();
    if (in.peek() == end) {
      return;
    }
    in.expect(',');
    in.space();
    if (in.peek() == end) {
      throw in.wrong("an item");
    }
  }

  private BigDecimal number() {
    String text = in.run("+-.eE0123456789");
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      throw in.wrong("a value");
    }
  }

  private @Nullable Object word(String word, @Nullable Boolean value) {
    for (int i = 0; i < word.length(); i++) {
      in.expect(word.charAt(i));
    }
    return value;
  }
}
