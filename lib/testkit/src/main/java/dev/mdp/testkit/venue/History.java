package dev.mdp.testkit.venue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// One symbol's trades as REST shows them at one moment: perhaps not the newest, not the oldest,
/// and not with the same prices. Immutable.
///
/// @param from the index of the first trade that is kept
/// @param to the index after the newest one that shows
record History(Series series, int from, int to, Map<TradeKey, Long> prices) {

  /// Empty for a symbol that the venue does not know.
  static Optional<History> of(Stage stage, String symbol) {
    RestScript script = stage.script().rest();
    Market market = stage.market();
    return market
        .listing(symbol)
        .map(listing -> {
          Series series = listing.series();
          int to = visible(market, listing, script.lag);
          int from = series.indexFrom(script.keptFrom.getOrDefault(symbol, 0L));
          return new History(series, Math.min(from, to), to, script.prices);
        });
  }

  private static int visible(Market market, Listing listing, Duration lag) {
    return lag.isZero()
        ? market.released(listing)
        : market.releasedBy(listing, System.nanoTime() - lag.toNanos());
  }

  Trade trade(int index) {
    Trade trade = series.trade(index);
    if (prices.isEmpty()) {
      return trade;
    }
    Long other = prices.get(new TradeKey(series.symbol(), trade.id()));
    return other == null ? trade : trade.withPrice(other);
  }

  /// The index of the first trade that shows and has this id or a higher one.
  int indexFrom(long id) {
    return Math.clamp(series.indexFrom(id), from, to);
  }

  /// The index of the first trade that shows and is later.
  int indexAfter(long nanos) {
    return Math.clamp(series.indexAfter(nanos), from, to);
  }
}
