package dev.mdp.testkit.venue;

import dev.mdp.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A JSON object that a client sent. What is absent, or of another type than asked for, is empty.
record ClientMessage(Map<?, ?> fields) {

  /// Empty for what is not a JSON object.
  static Optional<ClientMessage> of(String text) {
    try {
      return ofValue(JsonIn.read(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  static Optional<ClientMessage> ofValue(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? Optional.of(new ClientMessage(map)) : Optional.empty();
  }

  String word(String key) {
    return fields.get(key) instanceof String text ? text : "";
  }

  ClientMessage object(String key) {
    return ofValue(fields.get(key)).orElseGet(() -> new ClientMessage(Map.of()));
  }

  List<?> list(String key) {
    return fields.get(key) instanceof List<?> list ? list : List.of();
  }

  /// The strings of a list.
  List<String> words(String key) {
    return list(key).stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }

  Optional<Boolean> flag(String key) {
    return fields.get(key) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  /// The value as JSON, to be sent back.
  String json(String key) {
    return Json.write(fields.get(key));
  }
}
