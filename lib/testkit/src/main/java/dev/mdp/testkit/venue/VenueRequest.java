package dev.mdp.testkit.venue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The head of an HTTP request.
///
/// @param target as it was sent
/// @param headers by name in lower case; of several with one name the last
record VenueRequest(String method, String target, Map<String, String> headers) {

  /// The path, as it was sent.
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /// The decoded parameters.
  Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    int from = target.indexOf('?');
    if (from >= 0) {
      for (String pair : target.substring(from + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
      }
    }
    return query;
  }

  @Nullable String parameter(String name) {
    return query().get(name);
  }

  /// Empty when it is absent. Throws [NumberFormatException] for what is not a whole number.
  OptionalLong number(String name) {
    String text = parameter(name);
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /// Whether it is the handshake of a WebSocket.
  boolean isHandshake() {
    return header("Upgrade").equalsIgnoreCase("websocket");
  }

  static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
