package dev.mdp.testkit.venue;

import dev.mdp.core.event.Micros;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/// Kraken's messages as text. Stateless.
final class KrakenText {
  /// Connection ids of the venue fit no signed 64-bit number.
  private static final BigInteger CONNECTIONS = new BigInteger("12393906104898154338");

  private KrakenText() {}

  /// A frame of channel `trade`.
  ///
  /// @param type `snapshot` or `update`
  static String trades(String type, String symbol, List<Trade> trades, StreamScript script) {
    StringBuilder out = new StringBuilder(64 + trades.size() * 150);
    out.append("{\"channel\":\"trade\",\"type\":\"").append(type).append("\",\"data\":[");
    List<Trade> order = script.newestFirst ? trades.reversed() : trades;
    char separator = ' ';
    for (Trade trade : order) {
      if (separator == ',') {
        out.append(separator);
      }
      separator = ',';
      append(out, symbol, trade, script);
    }
    return out.append("]}").toString();
  }

  private static void append(StringBuilder out, String symbol, Trade trade, StreamScript script) {
    out.append("{\"symbol\":\"").append(symbol).append("\",\"side\":\"");
    out.append(trade.buyerIsMaker() ? "sell" : "buy");
    out.append("\",\"price\":").append(script.price(symbol, trade, 1)).append(",\"qty\":");
    Amount.append(out, trade.size(), 1);
    out.append(",\"ord_type\":\"").append(trade.order() % 3 == 0 ? "limit" : "market");
    out.append("\",\"trade_id\":").append(trade.id());
    out.append(",\"timestamp\":\"").append(Micros.format(trade.micros())).append("\"}");
  }

  static String status(String system, int connection) {
    return "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"version\":\"2.0.10\",\"system\":\""
        + system
        + "\",\"api_version\":\"v2\",\"connection_id\":"
        + CONNECTIONS.add(BigInteger.valueOf(connection))
        + "}]}";
  }

  /// A trade of a page over REST. Its time is a double of seconds, so it is some nanoseconds off.
  static void append(StringBuilder out, Trade trade, boolean millis) {
    out.append("[\"");
    Amount.append(out, trade.price(), 5);
    out.append("\",\"");
    Amount.append(out, trade.size(), Amount.DECIMALS);
    out.append("\",").append(seconds(trade.nanos(), millis));
    out.append(trade.buyerIsMaker() ? ",\"s\"" : ",\"b\"");
    out.append(trade.order() % 3 == 0 ? ",\"l\"" : ",\"m\"");
    out.append(",\"\",").append(trade.id()).append(']');
  }

  private static String seconds(long nanos, boolean millis) {
    return millis
        ? BigDecimal.valueOf(Math.floorDiv(nanos, 1_000_000L), 3).toPlainString()
        : new BigDecimal(Double.toString(nanos / 1e9)).toPlainString();
  }
}
