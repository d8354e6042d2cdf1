package dev.mdp.testkit.venue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The names that one symbol of Kraken's socket, such as `BTC/USD`, has over REST. Immutable.
///
/// @param key `XXBTZUSD`: what pages are keyed with
/// @param altname `XBTUSD`
/// @param wsname `XBT/USD`: the symbol of the older socket
/// @param base `XXBT`
/// @param quote `ZUSD`
record KrakenPair(String key, String altname, String wsname, String base, String quote) {
  private static final Map<String, String> OWN_NAMES = Map.of("BTC", "XBT", "DOGE", "XDG");

  /// The assets that were there first have a letter before their names, and so have the pairs of
  /// two of them.
  private static final Set<String> OLD_COINS =
      Set.of("ETC", "ETH", "LTC", "MLN", "REP", "XBT", "XLM", "XMR", "XRP", "ZEC");

  private static final Set<String> OLD_CURRENCIES = Set.of("CAD", "EUR", "GBP", "JPY", "USD");

  static KrakenPair of(String symbol) {
    int slash = symbol.indexOf('/');
    String coin = own(slash < 0 ? symbol : symbol.substring(0, slash));
    String money = own(slash < 0 ? "" : symbol.substring(slash + 1));
    String base = prefixed(coin);
    String quote = prefixed(money);
    boolean old =
        OLD_COINS.contains(coin) && (OLD_CURRENCIES.contains(money) || OLD_COINS.contains(money));
    return new KrakenPair(
        old ? base + quote : coin + money, coin + money, coin + "/" + money, base, quote);
  }

  /// The listing that a request means; REST takes each of the names.
  static Optional<Listing> find(List<Listing> listings, String name) {
    return listings.stream()
        .filter(listing -> listing.symbol().equals(name) || of(listing.symbol()).isNamed(name))
        .findFirst();
  }

  private boolean isNamed(String name) {
    return key.equals(name) || altname.equals(name) || wsname.equals(name);
  }

  /// What the list of pairs says of it.
  Map<String, Object> toMap(boolean online) {
    Map<String, Object> pair = new LinkedHashMap<>();
    pair.put("altname", altname);
    pair.put("wsname", wsname);
    pair.put("aclass_base", "currency");
    pair.put("base", base);
    pair.put("aclass_quote", "currency");
    pair.put("quote", quote);
    pair.put("lot", "unit");
    pair.put("cost_decimals", 5);
    pair.put("pair_decimals", 1);
    pair.put("lot_decimals", 8);
    pair.put("lot_multiplier", 1);
    pair.put("ordermin", "0.0001");
    pair.put("costmin", "0.5");
    pair.put("tick_size", "0.1");
    pair.put("status", online ? "online" : "cancel_only");
    return pair;
  }

  private static String own(String asset) {
    return OWN_NAMES.getOrDefault(asset, asset);
  }

  private static String prefixed(String asset) {
    if (OLD_COINS.contains(asset) || asset.equals("XDG")) {
      return "X" + asset;
    }
    return OLD_CURRENCIES.contains(asset) ? "Z" + asset : asset;
  }
}
