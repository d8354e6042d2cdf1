package dev.mdp.testkit.venue;

import java.util.List;
import java.util.Map;

/// JSON in tests: what is not of the wanted kind fails the test.
final class TestJson {
  private TestJson() {}

  static Map<?, ?> object(String text) {
    return map(JsonIn.read(text));
  }

  static Map<?, ?> map(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new AssertionError("not an object: " + value);
  }

  static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new AssertionError("not a list: " + value);
  }

  /// The value behind these keys, one within the other.
  static Object at(Map<?, ?> object, String... keys) {
    Object value = object;
    for (String key : keys) {
      value = map(value).get(key);
    }
    return value;
  }

  /// What is behind the key in each object of a list.
  static List<Object> each(Object list, String key) {
    return list(list).stream().<Object>map(item -> map(item).get(key)).toList();
  }

  static long number(Map<?, ?> object, String... keys) {
    return Long.parseLong(at(object, keys).toString());
  }
}
