package dev.mdp.testkit.venue;

import dev.mdp.core.json.Json;
import java.util.List;
import java.util.Optional;

/// What Binance's socket answers to the messages of its clients: `SUBSCRIBE`, `UNSUBSCRIBE` and
/// `LIST_SUBSCRIPTIONS`. Stateless.
final class BinanceControl {
  private static final String NOT_JSON =
      "{\"code\":3,\"msg\":\"Invalid JSON: expected value at line 1 column 1\"}";

  private BinanceControl() {}

  static String answer(String text, BinanceStreams streams) {
    Optional<ClientMessage> message = ClientMessage.of(text);
    return message.isEmpty() ? NOT_JSON : answer(message.get(), streams);
  }

  private static String answer(ClientMessage message, BinanceStreams streams) {
    List<String> params = message.words("params");
    String id = message.has("id") ? message.json("id") : "null";
    switch (message.word("method")) {
      case "SUBSCRIBE" -> {
        if (streams.refuses(params)) {
          return error("Invalid request: invalid stream", id);
        }
        streams.add(params);
        return result("null", id);
      }
      case "UNSUBSCRIBE" -> {
        streams.remove(params);
        return result("null", id);
      }
      case "LIST_SUBSCRIPTIONS" -> {
        return result(Json.write(streams.names()), id);
      }
      case String other -> {
        return error("Invalid request: unknown variant `" + other + "`", id);
      }
    }
  }

  private static String result(String result, String id) {
    return "{\"result\":" + result + ",\"id\":" + id + "}";
  }

  private static String error(String text, String id) {
    return "{\"error\":{\"code\":2,\"msg\":" + Json.write(text) + "},\"id\":" + id + "}";
  }
}
