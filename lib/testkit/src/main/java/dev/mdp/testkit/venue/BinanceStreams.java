package dev.mdp.testkit.venue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The streams of one connection to Binance, such as `btcusdt@trade`. One thread.
final class BinanceStreams {
  static final String TRADE = "trade";
  static final String AGGREGATE = "aggTrade";

  private final Session session;
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, String> symbolByLowerCase = new HashMap<>();

  BinanceStreams(Session session) {
    this.session = session;
    for (Listing listing : session.stage().market().listed()) {
      symbolByLowerCase.put(lower(listing.symbol()), listing.symbol());
    }
  }

  /// The streams that an address names: `/stream?streams=A/B`, or `/ws/A/B`.
  static List<String> named(VenueRequest handshake) {
    String path = handshake.path();
    String raw = handshake.parameter("streams");
    String names =
        path.startsWith("/ws/") ? VenueRequest.decoded(path.substring("/ws/".length())) : raw;
    return names == null || names.isEmpty() ? List.of() : Arrays.asList(names.split("/", -1));
  }

  static String lower(String symbol) {
    return symbol.toLowerCase(Locale.ROOT);
  }

  /// Whether the venue refuses one of them; it takes any text that looks like a stream.
  boolean refuses(List<String> wanted) {
    return wanted.stream()
        .map(this::symbol)
        .flatMap(Optional::stream)
        .anyMatch(session.script().refused::contains);
  }

  /// Takes them all; of a symbol that the venue does not know nothing ever comes.
  void add(List<String> wanted) {
    session.asked();
    names.addAll(wanted);
    wanted.stream()
        .map(this::symbol)
        .flatMap(Optional::stream)
        .filter(session::knows)
        .forEach(session::subscribe);
  }

  void remove(List<String> unwanted) {
    unwanted.forEach(names::remove);
    unwanted.stream()
        .map(this::symbol)
        .flatMap(Optional::stream)
        .filter(symbol -> !has(symbol, TRADE) && !has(symbol, AGGREGATE))
        .forEach(session::unsubscribe);
  }

  Set<String> names() {
    return names;
  }

  boolean has(String symbol, String kind) {
    return names.contains(lower(symbol) + '@' + kind);
  }

  /// Names are in lower case; others are streams without data.
  private Optional<String> symbol(String name) {
    int at = name.indexOf('@');
    return at < 0
        ? Optional.empty()
        : Optional.ofNullable(symbolByLowerCase.get(name.substring(0, at)));
  }
}
