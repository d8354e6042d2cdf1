package dev.mdp.providers.binance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.MdpException;
import dev.mdp.core.error.Printable;
import dev.mdp.core.error.RateLimitedException;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.providers.wire.UnreadableException;
import java.io.IOException;
import java.time.Duration;

/// What Binance says over REST where something else should be: `{"code": -1121, "msg": "Invalid
/// symbol."}`. Thread-safe.
final class BinanceErrors {
  private static final Duration RATE_LIMITED = Duration.ofSeconds(60);

  private BinanceErrors() {}

  /// Throws what the error means unless the answer is an array.
  static void requireArray(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return;
    }
    String code = "";
    String message = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      code = name.equals("code") ? parser.getText() : code;
      message = name.equals("msg") ? parser.getText() : message;
      parser.skipChildren();
    }
    throwIfError(code, message);
    throw new UnreadableException("it is not a list");
  }

  /// Throws what an error means, when there is a code.
  static void throwIfError(String code, String message) {
    if (!code.isEmpty()) {
      throw exception(
          code, Printable.cut(Printable.text("Binance says: " + code + " " + message), 200));
    }
  }

  private static MdpException exception(String code, String said) {
    return switch (code) {
      case "-1003", "-1015", "-1034" -> new RateLimitedException(said, RATE_LIMITED);
      case "-1002", "-1022", "-2014", "-2015" -> new ConfigException(said);
      // -11xx: the request is wrong
      default ->
          code.startsWith("-11") && code.length() == 5
              ? new ConfigException(said + " (does it have this symbol?)")
              : new UnavailableException(said);
    };
  }
}
