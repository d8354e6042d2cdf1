package dev.mdp.providers.wire;

import com.fasterxml.jackson.core.JsonParser;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.providers.net.RestClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Asks a venue's REST interface for JSON. Thread-safe.
public final class JsonRest implements AutoCloseable {
  private final RestClient rest;
  private final String base;

  /// Reads an answer.
  @FunctionalInterface
  public interface Answer<T> {
    /// @param parser has begun the answer: its first token is the current one
    /// @param text the answer, in which the parser's texts lie
    /// @throws UnreadableException when it is not what the venue sends
    T read(JsonParser parser, char[] text) throws IOException;
  }

  /// @param base of all that is asked for; without the slash at its end
  public JsonRest(RestClient rest, URI base) {
    this.rest = rest;
    this.base = base.toString().replaceAll("/+$", "");
  }

  /// Throws [UnavailableException] for an answer that makes no sense, [ConfigException] for a
  /// request that the venue calls wrong: it is about a symbol that it does not have, as a rule.
  ///
  /// @param pathAndQuery begins with a slash; what is in it is [encoded][#encoded]
  /// @param weight what it costs of the host's budget
  public <T> T get(String pathAndQuery, int weight, Answer<T> answer) {
    char[] text = ask(pathAndQuery, weight).toCharArray();
    try (JsonParser parser = VenueJson.open(text, text.length)) {
      T read = answer.read(parser, text);
      VenueJson.end(parser);
      return read;
    } catch (IOException e) {
      throw new UnavailableException(
          "%s%s made no sense: %s"
              .formatted(base, path(pathAndQuery), VenueJson.why(e, text, text.length)),
          e);
    }
  }

  /// A symbol as a part of a path or a query.
  public static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String ask(String pathAndQuery, int weight) {
    try {
      return rest.get(URI.create(base + pathAndQuery), weight);
    } catch (DataException e) {
      throw new ConfigException(e.getMessage() + " (does the venue have this symbol?)", e);
    }
  }

  private static String path(String pathAndQuery) {
    int query = pathAndQuery.indexOf('?');
    return query < 0 ? pathAndQuery : pathAndQuery.substring(0, query);
  }

  @Override
  public void close() {
    rest.close();
  }
}
