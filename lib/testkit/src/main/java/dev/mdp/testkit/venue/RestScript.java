package dev.mdp.testkit.venue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is wrong with the REST interface. Immutable: each method returns a changed copy.
public final class RestScript {
  static final RestScript CALM = new RestScript();

  Duration lag = Duration.ZERO;
  boolean millis;
  boolean wholeTokens;
  boolean inclusiveTokens;
  Map<String, Long> keptFrom = Map.of();
  Map<TradeKey, Long> prices = Map.of();
  Map<Integer, RestFault> faults = Map.of();
  Allowance weight = Allowance.UNLIMITED;
  int requestsBeforeBan = Integer.MAX_VALUE;

  private RestScript() {}

  /// A trade shows so long after it was streamed.
  public RestScript lag(Duration behind) {
    return copy(rest -> rest.lag = behind);
  }

  /// Times are cut to milliseconds, whatever the client asked.
  public RestScript millis() {
    return copy(rest -> rest.millis = true);
  }

  /// Kraken: a page does not end between trades of one time, and becomes longer than 1,000 instead.
  /// Without it the trades after the cut are behind no token.
  public RestScript wholeTokens() {
    return copy(rest -> rest.wholeTokens = true);
  }

  /// Kraken: a page begins with the trades of its token's very time, which its documentation says
  /// come before it.
  public RestScript inclusiveTokens() {
    return copy(rest -> rest.inclusiveTokens = true);
  }

  /// The venue keeps no trade of the symbol older than this one; who asks for one gets a page that
  /// begins here, and no error.
  public RestScript keptFrom(String symbol, long id) {
    return copy(rest -> rest.keptFrom = with(keptFrom, symbol, id));
  }

  /// REST has another price for a trade than the stream.
  ///
  /// @param price a decimal with at most eight decimals
  public RestScript price(String symbol, long id, String price) {
    return copy(rest -> rest.prices = with(prices, new TradeKey(symbol, id), Amount.of(price)));
  }

  /// What comes for one request; the first one is 1.
  public RestScript fault(int request, RestFault fault) {
    return copy(rest -> rest.faults = with(faults, request, fault));
  }

  /// More weight than this, in the venue's own measure, gets 429; that many requests more, before
  /// the window has passed, get 418.
  public RestScript weightLimit(int most, Duration window, int requestsBeforeBan) {
    return copy(rest -> {
      rest.weight = new Allowance(most, window);
      rest.requestsBeforeBan = requestsBeforeBan;
    });
  }

  @Nullable RestFault faultOf(int request) {
    return faults.get(request);
  }

  private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
    Map<K, V> more = new HashMap<>(map);
    more.put(key, value);
    return Map.copyOf(more);
  }

  private RestScript copy(Consumer<RestScript> change) {
    RestScript copy = new RestScript();
    copy.lag = lag;
    copy.millis = millis;
    copy.wholeTokens = wholeTokens;
    copy.inclusiveTokens = inclusiveTokens;
    copy.keptFrom = keptFrom;
    copy.prices = prices;
    copy.faults = faults;
    copy.weight = weight;
    copy.requestsBeforeBan = requestsBeforeBan;
    change.accept(copy);
    return copy;
  }
}
