package dev.mdp.testkit.venue;

import dev.mdp.core.event.Micros;
import dev.mdp.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A message of a client of Kraken's socket, and what is answered to it. Immutable.
///
/// @param timeIn when it came, as the venue says it
record KrakenRequest(ClientMessage message, String timeIn, VenueClock clock) {

  /// Text that is not a JSON object is a message without a method.
  static KrakenRequest of(String text, VenueClock clock) {
    return new KrakenRequest(
        ClientMessage.of(text).orElseGet(() -> new ClientMessage(Map.of())),
        Micros.format(clock.shownMicros()),
        clock);
  }

  String method() {
    return message.word("method");
  }

  ClientMessage params() {
    return message.object("params");
  }

  String pong() {
    return end(begin("pong"));
  }

  /// @param snapshot whether one was asked for, where that is said
  String confirmation(String symbol, Optional<Boolean> snapshot) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("channel", "trade");
    snapshot.ifPresent(asked -> result.put("snapshot", asked));
    result.put("symbol", symbol);
    Map<String, Object> answer = begin(method());
    answer.put("result", result);
    answer.put("success", true);
    return end(answer);
  }

  /// @param symbol empty for the message as a whole
  String failure(String error, String symbol) {
    Map<String, Object> answer = begin(method());
    answer.put("error", error);
    answer.put("success", false);
    if (!symbol.isEmpty()) {
      answer.put("symbol", symbol);
    }
    return end(answer);
  }

  private Map<String, Object> begin(String method) {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (!method.isEmpty()) {
      answer.put("method", method);
    }
    if (message.has("req_id")) {
      answer.put("req_id", new Json.Raw(message.json("req_id")));
    }
    return answer;
  }

  private String end(Map<String, Object> answer) {
    answer.put("time_in", timeIn);
    answer.put("time_out", Micros.format(clock.shownMicros()));
    return Json.write(answer);
  }
}
