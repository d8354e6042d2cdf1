package dev.mdp.testkit.venue;

import dev.mdp.core.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Binance's events and rows as text. Stateless.
final class BinanceText {
  private static final List<String> QUOTES =
      List.of("USDT", "USDC", "FDUSD", "TUSD", "BTC", "ETH", "BNB", "EUR", "TRY", "BRL");

  private BinanceText() {}

  static String trade(String symbol, Trade trade, BinanceTimes times, StreamScript script) {
    StringBuilder out = begin("trade", symbol, times);
    out.append(",\"t\":").append(trade.id());
    out.append(",\"p\":\"").append(script.price(symbol, trade, Amount.DECIMALS)).append('"');
    return end(out, trade.size(), times.of(trade.micros()), trade.buyerIsMaker());
  }

  static String blockTrade(String symbol, Trade trade, BinanceTimes times) {
    StringBuilder out = begin("blockTrade", symbol, times);
    out.append(",\"t\":").append(trade.id()).append(",\"p\":\"");
    Amount.append(out, trade.price(), Amount.DECIMALS);
    return end(out.append('"'), trade.size(), times.of(trade.micros()), trade.buyerIsMaker());
  }

  static String aggregate(String symbol, Aggregate aggregate, BinanceTimes times) {
    StringBuilder out = begin("aggTrade", symbol, times);
    out.append(",\"a\":").append(aggregate.id()).append(",\"p\":\"");
    Amount.append(out, aggregate.price(), Amount.DECIMALS);
    out.append("\",\"f\":").append(aggregate.firstId());
    out.append(",\"l\":").append(aggregate.lastId());
    return end(out, aggregate.size(), times.of(aggregate.micros()), aggregate.buyerIsMaker());
  }

  private static StringBuilder begin(String event, String symbol, BinanceTimes times) {
    StringBuilder out = new StringBuilder(192);
    out.append("{\"e\":\"").append(event).append("\",\"E\":").append(times.now());
    return out.append(",\"s\":\"").append(symbol).append('"');
  }

  private static String end(StringBuilder out, long size, long time, boolean buyerIsMaker) {
    out.append(",\"q\":\"");
    Amount.append(out, size, Amount.DECIMALS);
    out.append("\",\"T\":").append(time).append(",\"m\":").append(buyerIsMaker);
    return out.append(",\"M\":true}").toString();
  }

  /// A row of `trades` and `historicalTrades`.
  static void append(StringBuilder out, Trade trade, boolean micros) {
    out.append("{\"id\":").append(trade.id()).append(",\"price\":\"");
    Amount.append(out, trade.price(), Amount.DECIMALS);
    out.append("\",\"qty\":\"");
    Amount.append(out, trade.size(), Amount.DECIMALS);
    BigDecimal quote =
        BigDecimal.valueOf(trade.price(), Amount.DECIMALS)
            .multiply(BigDecimal.valueOf(trade.size(), Amount.DECIMALS))
            .setScale(Amount.DECIMALS, RoundingMode.DOWN);
    out.append("\",\"quoteQty\":\"").append(quote.toPlainString());
    out.append("\",\"time\":").append(time(trade.micros(), micros));
    out.append(",\"isBuyerMaker\":").append(trade.buyerIsMaker());
    out.append(",\"isBestMatch\":true}");
  }

  /// A row of `aggTrades`.
  static void append(StringBuilder out, Aggregate aggregate, boolean micros) {
    out.append("{\"a\":").append(aggregate.id()).append(",\"p\":\"");
    Amount.append(out, aggregate.price(), Amount.DECIMALS);
    out.append("\",\"q\":\"");
    Amount.append(out, aggregate.size(), Amount.DECIMALS);
    out.append("\",\"f\":").append(aggregate.firstId());
    out.append(",\"l\":").append(aggregate.lastId());
    out.append(",\"T\":").append(time(aggregate.micros(), micros));
    out.append(",\"m\":").append(aggregate.buyerIsMaker()).append(",\"M\":true}");
  }

  static long time(long micros, boolean inMicros) {
    return inMicros ? micros : Math.floorDiv(micros, 1_000L);
  }

  /// A symbol of `exchangeInfo`.
  static String symbol(String symbol, boolean trading) {
    String quote = QUOTES.stream().filter(symbol::endsWith).findFirst().orElse("");
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("symbol", symbol);
    map.put("status", trading ? "TRADING" : "HALT");
    map.put("baseAsset", symbol.substring(0, symbol.length() - quote.length()));
    map.put("baseAssetPrecision", 8);
    map.put("quoteAsset", quote);
    map.put("quotePrecision", 8);
    map.put("quoteAssetPrecision", 8);
    map.put("orderTypes", List.of("LIMIT", "MARKET"));
    map.put("isSpotTradingAllowed", true);
    map.put("isMarginTradingAllowed", false);
    map.put("filters", List.of());
    map.put("permissions", List.of());
    return Json.write(map);
  }
}
