package dev.mdp.providers.coinbase;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.Printable;
import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.providers.wire.UnreadableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/// What Coinbase says over REST where a list should be: `{"message": "NotFound"}`. Thread-safe.
final class CoinbaseErrors {
  private static final Duration RATE_LIMITED = Duration.ofSeconds(10);

  private CoinbaseErrors() {}

  /// Throws what the message means unless the answer is an array.
  static void requireArray(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return;
    }
    String message = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      message = name.equals("message") ? parser.getText() : message;
      parser.skipChildren();
    }
    if (message.isEmpty()) {
      throw new UnreadableException("it is not a list");
    }
    String said = Printable.cut(Printable.text("coinbase says: " + message), 200);
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("rate limit") || lower.contains("too many")) {
      throw new RateLimitedException(said, RATE_LIMITED);
    }
    throw lower.replace(" ", "").contains("notfound") || lower.contains("invalid")
        ? new ConfigException(said + " (does it have this product?)")
        : new UnavailableException(said);
  }
}
