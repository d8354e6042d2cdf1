package dev.mdp.testkit.venue;

import dev.mdp.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Coinbase's list of products. Stateless.
final class CoinbaseProducts {
  private CoinbaseProducts() {}

  /// All products as JSON.
  static String toJson(Market market) {
    List<Map<String, Object>> products =
        market.listed().stream().map(listing -> toMap(market, listing)).toList();
    return Json.write(products);
  }

  /// One product.
  static Map<String, Object> toMap(Market market, Listing listing) {
    String id = listing.symbol();
    int dash = Math.max(0, id.indexOf('-'));
    boolean online = market.status(listing) == Listing.Status.ONLINE;
    Map<String, Object> product = new LinkedHashMap<>();
    product.put("id", id);
    product.put("base_currency", id.substring(0, dash));
    product.put("quote_currency", id.substring(Math.min(id.length(), dash + 1)));
    product.put("quote_increment", "0.01");
    product.put("base_increment", "0.00000001");
    product.put("display_name", id.replace('-', '/'));
    product.put("min_market_funds", "1");
    product.put("margin_enabled", false);
    product.put("post_only", false);
    product.put("limit_only", false);
    product.put("cancel_only", !online);
    product.put("status", "online");
    product.put("status_message", "");
    product.put("trading_disabled", !online);
    product.put("fx_stablecoin", false);
    product.put("auction_mode", false);
    return product;
  }
}
