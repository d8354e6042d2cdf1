package dev.mdp.testkit.venue;

import dev.mdp.core.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An HTTP answer.
///
/// @param type of the body
/// @param headers besides those that every answer has
record Answer(int status, String type, Map<String, String> headers, String body) {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String HTML = "text/html; charset=UTF-8";

  static Answer json(String body) {
    return json(200, body);
  }

  static Answer json(int status, String body) {
    return new Answer(status, JSON, Map.of(), body);
  }

  /// @param value written by [Json]
  static Answer of(@Nullable Object value) {
    return json(Json.write(value));
  }

  static Answer html(int status, String title) {
    return new Answer(
        status,
        HTML,
        Map.of(),
        "<!DOCTYPE html>\n<html><head><title>%1$s</title></head><body><h1>%1$s</h1></body></html>\n"
            .formatted(title));
  }

  Answer withStatus(int other) {
    return new Answer(other, type, headers, body);
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, more, body);
  }

  /// In whole seconds, rounded up.
  Answer retryAfter(Duration wait) {
    return with("Retry-After", Long.toString(wait.plusMillis(999).toSeconds()));
  }
}
