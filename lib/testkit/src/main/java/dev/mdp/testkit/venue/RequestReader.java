package dev.mdp.testkit.venue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the heads of HTTP/1.1 requests without bodies. One thread.
final class RequestReader {
  private static final int MAX_BYTES = 1 << 18;

  private final InputStream in;

  /// @param in read byte by byte, and no further than the head
  RequestReader(InputStream in) {
    this.in = in;
  }

  /// Empty when the client has closed the connection between two requests.
  Optional<VenueRequest> next() throws IOException {
    String first = line();
    if (first == null) {
      return Optional.empty();
    }
    String[] words = first.split(" ", -1);
    if (words.length != 3) {
      throw new IOException("not the first line of a request: " + first);
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return Optional.of(new VenueRequest(words[0], words[1], headers));
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (line.size() == MAX_BYTES) {
        throw new IOException("a line of a request has more than " + MAX_BYTES + " bytes");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
