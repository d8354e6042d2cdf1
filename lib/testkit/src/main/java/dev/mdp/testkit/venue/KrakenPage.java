package dev.mdp.testkit.venue;

/// One page of Kraken's trades. Immutable.
///
/// @param start the index of its first trade
/// @param end the index after its last one
/// @param last the token for the next page
record KrakenPage(History history, int start, int end, long last, boolean millis) {
  private static final int PAGE = 1_000;
  private static final long PER_SECOND = 1_000_000_000L;

  /// A number of so few digits is in seconds.
  private static final long SECONDS_BELOW = 100_000_000_000L;

  /// The trades after `since`, or without it the newest ones. Throws [NumberFormatException] for a
  /// parameter that is not a number.
  static KrakenPage of(VenueRequest request, History history, RestScript script) {
    int count = Math.clamp(request.number("count").orElse(PAGE), 1, PAGE);
    long since = request.number("since").orElse(-1);
    if (since < 0) {
      int start = Math.max(history.from(), history.to() - count);
      return new KrakenPage(history, start, history.to(), token(history, 0), script.millis);
    }
    long nanos = since < SECONDS_BELOW ? since * PER_SECOND : since;
    int start = history.indexAfter(script.inclusiveTokens ? nanos - 1 : nanos);
    int end = Math.min(history.to(), start + count);
    while (script.wholeTokens && end > start && end < history.to() && isCut(history, end)) {
      end++;
    }
    History page = new History(history.series(), start, end, history.prices());
    return new KrakenPage(history, start, end, token(page, nanos), script.millis);
  }

  private static boolean isCut(History history, int end) {
    return history.series().nanos(end) == history.series().nanos(end - 1);
  }

  /// The time of the last trade, to the nanosecond.
  private static long token(History of, long otherwise) {
    return of.to() > of.from() ? of.series().nanos(of.to() - 1) : otherwise;
  }

  /// @param key the pair's
  Answer answer(String key) {
    StringBuilder out = new StringBuilder(128 + (end - start) * 90);
    out.append("{\"").append(key).append("\":[");
    for (int i = start; i < end; i++) {
      KrakenText.append(out, history.trade(i), millis);
      out.append(i + 1 < end ? "," : "");
    }
    out.append("],\"last\":\"").append(last).append("\"}");
    return KrakenRest.result(out.toString());
  }
}
