package dev.mdp.testkit.venue;

import dev.mdp.core.event.Micros;
import dev.mdp.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Coinbase's messages as text. Stateless.
final class CoinbaseText {
  private static final long MAKER = 0x4d616b6572204f72L;
  private static final long TAKER = 0x54616b6572204f72L;

  private CoinbaseText() {}

  /// @param type `match` or `last_match`
  static String match(String type, String product, Trade trade, StreamScript script) {
    StringBuilder out = new StringBuilder(320);
    out.append("{\"type\":\"").append(type).append("\",\"trade_id\":").append(trade.id());
    out.append(",\"maker_order_id\":\"").append(new UUID(MAKER, trade.id()));
    out.append("\",\"taker_order_id\":\"").append(new UUID(TAKER, trade.order()));
    out.append("\",\"side\":\"").append(makerSide(trade)).append("\",\"size\":\"");
    Amount.append(out, trade.size(), 0);
    out.append("\",\"price\":\"").append(script.price(product, trade, 0));
    out.append("\",\"product_id\":\"").append(product);
    out.append("\",\"sequence\":").append(sequence(trade.id()));
    out.append(",\"time\":\"").append(Micros.format(trade.micros()));
    return out.append("\"}").toString();
  }

  /// @param head the id of the product's last trade
  static String heartbeat(String product, long head, long nowMicros) {
    Map<String, Object> heartbeat = new LinkedHashMap<>();
    heartbeat.put("type", "heartbeat");
    heartbeat.put("last_trade_id", head);
    heartbeat.put("product_id", product);
    heartbeat.put("sequence", sequence(head) + 1);
    heartbeat.put("time", Micros.format(nowMicros));
    return Json.write(heartbeat);
  }

  /// @param reason empty: none is given
  static String error(String message, String reason) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", "error");
    error.put("message", message);
    if (!reason.isEmpty()) {
      error.put("reason", reason);
    }
    return Json.write(error);
  }

  /// A trade of a page over REST.
  static void append(StringBuilder out, Trade trade, boolean millis) {
    out.append("{\"time\":\"").append(time(trade.micros(), millis));
    out.append("\",\"trade_id\":").append(trade.id());
    out.append(",\"price\":\"");
    Amount.append(out, trade.price(), Amount.DECIMALS);
    out.append("\",\"size\":\"");
    Amount.append(out, trade.size(), Amount.DECIMALS);
    out.append("\",\"side\":\"").append(makerSide(trade)).append("\"}");
  }

  /// The order book's number of the event that a trade is: it counts orders too.
  static long sequence(long tradeId) {
    return tradeId * 7 + 1_000;
  }

  static String makerSide(Trade trade) {
    return trade.buyerIsMaker() ? "buy" : "sell";
  }

  /// RFC 3339 with six digits, or with three.
  static String time(long micros, boolean millis) {
    String text = Micros.format(micros);
    return millis ? text.substring(0, text.length() - 4) + "Z" : text;
  }
}
