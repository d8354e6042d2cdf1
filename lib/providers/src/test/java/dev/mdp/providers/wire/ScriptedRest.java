package dev.mdp.providers.wire;

import dev.mdp.providers.net.RestClient;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A REST interface in memory: a function from addresses to bodies that remembers what it was
/// asked.
public final class ScriptedRest implements RestClient {
  public final List<URI> asked = new ArrayList<>();
  public final List<Integer> weights = new ArrayList<>();
  public boolean closed;
  private final Function<URI, String> answers;

  public ScriptedRest(Function<URI, String> answers) {
    this.answers = answers;
  }

  /// One that always gives the same body.
  public static ScriptedRest saying(String body) {
    return new ScriptedRest(_ -> body);
  }

  @Override
  public String get(URI uri, int weight) {
    asked.add(uri);
    weights.add(weight);
    return answers.apply(uri);
  }

  /// The decoded parameters of an address.
  public static Map<String, String> query(URI uri) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : String.valueOf(uri.getRawQuery()).split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  @Override
  public void close() {
    closed = true;
  }
}
