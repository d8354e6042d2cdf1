package dev.mdp.providers.kraken;

import dev.mdp.providers.wire.ScriptedRest;
import dev.mdp.providers.wire.TapeTrade;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Kraken in memory: what it writes of a tape to the socket and over REST, where times are doubles.
final class KrakenVenue {
  final List<TapeTrade> tape;
  final Set<Long> missing = new HashSet<>();

  /// How far REST has come.
  long newest = Long.MAX_VALUE;

  /// What it keeps.
  long oldest;

  /// Whether a page begins with what is at its token, as it does, or after it, as it is documented.
  boolean inclusive = true;

  /// Whether doubles are written with an exponent.
  boolean scientific;

  KrakenVenue(List<TapeTrade> tape) {
    this.tape = tape;
  }

  static String update(List<TapeTrade> trades) {
    return trades.stream()
        .map(t ->
            """
            {"symbol":"%s","side":"sell","price":%s,"qty":%s,"ord_type":"market",\
            "trade_id":%d,"timestamp":"%s"}\
            """
                .formatted(t.symbol(), t.price(), t.size(), t.id(), t.iso(9)))
        .collect(
            Collectors.joining(",", "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[", "]}"));
  }

  ScriptedRest rest() {
    return new ScriptedRest(this::answer);
  }

  private String answer(URI uri) {
    Map<String, String> query = ScriptedRest.query(uri);
    int count = Integer.parseInt(query.getOrDefault("count", "1000"));
    List<TapeTrade> kept =
        tape.stream()
            .filter(t -> t.id() <= newest && t.id() >= oldest && !missing.contains(t.id()))
            .sorted(Comparator.comparingLong(TapeTrade::nanos).thenComparing(TapeTrade::id))
            .toList();
    if (!query.containsKey("since")) {
      return page(kept.subList(Math.max(0, kept.size() - count), kept.size()), 0);
    }
    long since = Long.parseLong(query.get("since"));
    return page(
        kept.stream()
            .filter(t -> inclusive ? t.nanos() >= since : t.nanos() > since)
            .limit(count)
            .toList(),
        since);
  }

  private String page(List<TapeTrade> rows, long since) {
    long last = rows.isEmpty() ? since : rows.getLast().nanos();
    return "{\"error\":[],\"result\":{\"XXBTZUSD\":["
        + rows.stream().map(this::row).collect(Collectors.joining(","))
        + "],\"last\":\""
        + last
        + "\"}}";
  }

  private String row(TapeTrade trade) {
    return "[\"%s\",\"%s\",%s,\"b\",\"m\",\"\",%d]"
        .formatted(trade.price(), trade.size(), seconds(trade), trade.id());
  }

  private String seconds(TapeTrade trade) {
    double seconds = new BigDecimal(trade.nanos()).movePointLeft(9).doubleValue();
    return scientific ? Double.toString(seconds) : String.format(Locale.ROOT, "%.7f", seconds);
  }
}
