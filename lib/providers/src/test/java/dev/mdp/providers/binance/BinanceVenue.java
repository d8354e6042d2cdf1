package dev.mdp.providers.binance;

import dev.mdp.providers.wire.ScriptedRest;
import dev.mdp.providers.wire.TapeTrade;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Binance in memory: what it writes of a tape to the socket and over REST.
final class BinanceVenue {
  final BinanceStream stream;
  final List<TapeTrade> tape;
  final Set<Long> missing = new HashSet<>();

  /// How far REST has come.
  long newest = Long.MAX_VALUE;

  /// What it keeps.
  long oldest;

  /// Whether REST tells milliseconds, as it does without the header.
  boolean millis;

  BinanceVenue(BinanceStream stream, List<TapeTrade> tape) {
    this.stream = stream;
    this.tape = tape;
  }

  static String event(BinanceStream stream, TapeTrade trade) {
    return """
    {"stream":"%s@%s","data":{"e":"%s","E":%d,"s":"%s","%s":%d,"p":"%s","q":"%s","T":%d,\
    "m":true,"M":true}}\
    """
        .formatted(
            trade.symbol().value().toLowerCase(Locale.ROOT),
            stream.event,
            stream.event,
            trade.micros() + 700,
            trade.symbol(),
            stream.idField,
            trade.id(),
            trade.price(),
            trade.size(),
            trade.micros());
  }

  ScriptedRest rest() {
    return new ScriptedRest(this::answer);
  }

  private String answer(URI uri) {
    Map<String, String> query = ScriptedRest.query(uri);
    int limit = Integer.parseInt(query.getOrDefault("limit", "500"));
    List<TapeTrade> kept =
        tape.stream()
            .filter(t -> t.id() <= newest && t.id() >= oldest && !missing.contains(t.id()))
            .toList();
    if (!query.containsKey("fromId")) {
      return page(kept.subList(Math.max(0, kept.size() - limit), kept.size()));
    }
    long from = Long.parseLong(query.get("fromId"));
    return page(kept.stream().filter(t -> t.id() >= from).limit(limit).toList());
  }

  private String page(List<TapeTrade> rows) {
    return rows.stream().map(this::row).collect(Collectors.joining(",", "[", "]"));
  }

  private String row(TapeTrade trade) {
    return "{\"%s\":%d,\"%s\":\"%s\",\"%s\":\"%s\",\"quoteQty\":\"1\",\"%s\":%d,\"m\":true}"
        .formatted(
            stream.restId,
            trade.id(),
            stream.restPrice,
            trade.price(),
            stream.restSize,
            trade.size(),
            stream.restTime,
            millis ? trade.micros() / 1_000 : trade.micros());
  }
}
