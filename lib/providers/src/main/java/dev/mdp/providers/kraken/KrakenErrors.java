package dev.mdp.providers.kraken;

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
import java.util.ArrayList;
import java.util.List;

/// The list `error` that every answer of Kraken begins with, HTTP 200 or not: `["EGeneral:Too many
/// requests"]`. Thread-safe.
final class KrakenErrors {
  /// Kraken does not say for how long; its counters are down again after half a minute.
  private static final Duration RATE_LIMITED = Duration.ofSeconds(30);

  private static final List<String> RATE =
      List.of("Too many requests", "Rate limit exceeded", "Throttled", "Temporary lockout");
  private static final List<String> OURS =
      List.of(
          "EQuery:", "EGeneral:Invalid arguments", "EGeneral:Permission denied", "EAPI:Invalid");

  private KrakenErrors() {}

  /// Reads the list, which is the parser's value.
  static List<String> read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new UnreadableException("error is not a list");
    }
    List<String> errors = new ArrayList<>();
    while (parser.nextToken() == JsonToken.VALUE_STRING) {
      errors.add(parser.getText());
    }
    if (parser.currentToken() != JsonToken.END_ARRAY) {
      throw new UnreadableException("error is not a list of texts");
    }
    return errors;
  }

  /// Throws what the errors mean. Warnings, which begin with a W, mean nothing.
  static void throwIfAny(List<String> errors, String pair) {
    for (String error : errors) {
      if (!error.startsWith("W")) {
        throw exception(error, pair);
      }
    }
  }

  private static MdpException exception(String error, String pair) {
    String said = Printable.cut(Printable.text("kraken says: " + error), 200);
    if (RATE.stream().anyMatch(error::contains)) {
      return new RateLimitedException(said, RATE_LIMITED);
    }
    return OURS.stream().anyMatch(error::startsWith)
        ? new ConfigException(said + (pair.isEmpty() ? "" : " (asked for " + pair + ")"))
        : new UnavailableException(said);
  }
}
