package dev.mdp.testkit.venue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Binance's list of symbols, `/api/v3/exchangeInfo`: all, or by `symbol` or `symbols`.
/// Thread-safe.
record BinanceInfo(Market market) {
  Answer answer(VenueRequest request, long now) {
    Map<String, String> query = request.query();
    List<String> wanted = new ArrayList<>();
    Stream.ofNullable(query.get("symbol")).forEach(wanted::add);
    ClientMessage.of("{\"symbols\":" + query.getOrDefault("symbols", "[]") + "}")
        .ifPresent(symbols -> wanted.addAll(symbols.words("symbols")));
    List<Listing> listed = market.listed();
    List<Listing> some =
        wanted.isEmpty()
            ? listed
            : listed.stream().filter(one -> wanted.contains(one.symbol())).toList();
    if (some.size() < wanted.size()) {
      return BinanceRest.error(400, -1121, "Invalid symbol.");
    }
    String symbols =
        some.stream()
            .map(one -> BinanceText.symbol(one.symbol(), isTrading(one)))
            .collect(Collectors.joining(","));
    return Answer.json(
        "{\"timezone\":\"UTC\",\"serverTime\":"
            + now
            + ",\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\","
            + "\"intervalNum\":1,\"limit\":6000}],\"exchangeFilters\":[],\"symbols\":["
            + symbols
            + "]}");
  }

  private boolean isTrading(Listing listing) {
    return market.status(listing) == Listing.Status.ONLINE;
  }
}
