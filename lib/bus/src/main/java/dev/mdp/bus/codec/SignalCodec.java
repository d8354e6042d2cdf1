package dev.mdp.bus.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Signals on the wire, version 1:
/// `{"ver":1,"provider","symbol","ts","name","value","score","meta"}` as UTF-8 JSON; `score` is
/// left out when there is none. Thread-safe.
public final class SignalCodec {
  private static final JsonFactory JSON = new JsonFactory();

  public byte[] encode(Signal signal) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("ver", 1);
    object.put("provider", signal.provider());
    object.put("symbol", signal.symbol().value());
    object.put("ts", Micros.format(signal.tsMicros()));
    object.put("name", signal.name());
    object.put("value", signal.value());
    signal.score().ifPresent(score -> object.put("score", score));
    object.put("meta", signal.meta());
    return Json.write(object).getBytes(StandardCharsets.UTF_8);
  }

  /// Empty when the bytes are not a signal.
  public Optional<Signal> decode(byte[] data) {
    try (JsonParser json = JSON.createParser(data)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, Object> fields = object(json);
      return Optional.of(
          new Signal(
              text(fields, "provider"),
              Symbol.of(text(fields, "symbol")),
              Micros.parse(text(fields, "ts")),
              text(fields, "name"),
              number(fields.get("value")),
              fields.get("score") == null
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(number(fields.get("score"))),
              meta(fields.get("meta"))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(Map<String, Object> fields, String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name);
  }

  private static double number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("no number: " + value);
  }

  private static Map<String, Object> meta(@Nullable Object value) {
    Map<String, Object> meta = new TreeMap<>();
    if (value instanceof Map<?, ?> given) {
      given.forEach((name, item) -> {
        if (item != null) {
          meta.put(String.valueOf(name), item);
        }
      });
    }
    return meta;
  }

  /// The fields of an object of scalars and of objects; what is deeper is skipped.
  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      switch (json.nextToken()) {
        case VALUE_STRING -> fields.put(name, json.getText());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> fields.put(name, json.getDoubleValue());
        case VALUE_TRUE -> fields.put(name, true);
        case VALUE_FALSE -> fields.put(name, false);
        case START_OBJECT -> {
          if (json.getParsingContext().getNestingDepth() < 4) {
            fields.put(name, object(json));
          } else {
            json.skipChildren();
          }
        }
        case START_ARRAY -> json.skipChildren();
        default -> {}
      }
    }
    return fields;
  }
}
