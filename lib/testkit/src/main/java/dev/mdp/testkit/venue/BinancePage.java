package dev.mdp.testkit.venue;

import java.util.OptionalLong;

/// One page of Binance's trades or aggregates, oldest first. Immutable.
///
/// @param fromId the first id that is wanted, of trades or of aggregates; without it the newest
///   come
/// @param micros whether times are in microseconds
record BinancePage(History history, OptionalLong fromId, int limit, boolean micros) {
  private static final int MOST = 1_000;
  private static final int UNASKED = 500;

  /// Throws [NumberFormatException] for a parameter that is not a number.
  static BinancePage of(VenueRequest request, History history, boolean micros) {
    int limit = Math.clamp(request.number("limit").orElse(UNASKED), 1, MOST);
    return new BinancePage(history, request.number("fromId"), limit, micros);
  }

  Answer trades() {
    int end = history.to();
    int start = Math.max(history.from(), end - limit);
    if (fromId.isPresent()) {
      start = history.indexFrom(fromId.getAsLong());
      end = Math.min(end, start + limit);
    }
    StringBuilder out = new StringBuilder(64 + (end - start) * 160).append('[');
    for (int i = start; i < end; i++) {
      BinanceText.append(out, history.trade(i), micros);
      out.append(i + 1 < end ? "," : "");
    }
    return Answer.json(out.append(']').toString());
  }

  /// An aggregate shows when all of its trades do, and is kept when all of them are.
  Answer aggregates() {
    Aggregates all = history.series().aggregates();
    int end = all.wholeIn(history.to());
    int kept = history.from() == 0 ? 0 : all.startingFrom(history.from());
    int start = Math.max(kept, end - limit);
    if (fromId.isPresent()) {
      start = Math.clamp(fromId.getAsLong() - 1, kept, Math.max(kept, end));
      end = Math.min(end, start + limit);
    }
    StringBuilder out = new StringBuilder(64 + Math.max(0, end - start) * 130).append('[');
    for (int i = start; i < end; i++) {
      BinanceText.append(out, priced(all.get(i)), micros);
      out.append(i + 1 < end ? "," : "");
    }
    return Answer.json(out.append(']').toString());
  }

  private Aggregate priced(Aggregate one) {
    Long price = history.prices().get(new TradeKey(history.series().symbol(), one.firstId()));
    return price == null
        ? one
        : new Aggregate(
            one.id(),
            one.firstId(),
            one.lastId(),
            one.nanos(),
            price,
            one.size(),
            one.buyerIsMaker());
  }
}
