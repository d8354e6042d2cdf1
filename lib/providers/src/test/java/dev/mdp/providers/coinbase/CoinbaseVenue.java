package dev.mdp.providers.coinbase;

import dev.mdp.providers.wire.ScriptedRest;
import dev.mdp.providers.wire.TapeTrade;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Coinbase in memory: what it writes of a tape to the socket and over REST.
final class CoinbaseVenue {
  final List<TapeTrade> tape;
  final Set<Long> missing = new HashSet<>();

  /// How far REST has come.
  long newest = Long.MAX_VALUE;

  /// What it keeps.
  long oldest;

  /// How many trades a page has at most, whatever was asked for.
  int pageLimit = 1_000;

  CoinbaseVenue(List<TapeTrade> tape) {
    this.tape = tape;
  }

  static String match(TapeTrade trade) {
    return match("match", trade);
  }

  static String match(String type, TapeTrade trade) {
    return """
    {"type":"%s","trade_id":%d,"maker_order_id":"27fff20b-af29-4f45-8744-56dd1ef57dc0",\
    "taker_order_id":"1da6ce16-c8da-4732-9f71-6049f4c6aaf8","side":"sell","size":"%s",\
    "price":"%s","product_id":"%s","sequence":333938798,"time":"%s"}\
    """
        .formatted(type, trade.id(), trade.size(), trade.price(), trade.symbol(), trade.iso(6));
  }

  ScriptedRest rest() {
    return new ScriptedRest(this::answer);
  }

  private String answer(URI uri) {
    Map<String, String> query = ScriptedRest.query(uri);
    long after = Long.parseLong(query.getOrDefault("after", Long.toString(Long.MAX_VALUE)));
    int limit = Math.min(pageLimit, Integer.parseInt(query.getOrDefault("limit", "1000")));
    List<String> rows = new ArrayList<>();
    for (TapeTrade trade : tape.reversed()) {
      boolean there = trade.id() <= newest && trade.id() >= oldest && !missing.contains(trade.id());
      if (there && trade.id() < after && rows.size() < limit) {
        rows.add(
            """
            {"time":"%s","trade_id":%d,"price":"%s","size":"%s","side":"sell"}\
            """
                .formatted(trade.iso(6), trade.id(), trade.price(), trade.size()));
      }
    }
    return rows.stream().collect(Collectors.joining(",", "[", "]"));
  }
}
