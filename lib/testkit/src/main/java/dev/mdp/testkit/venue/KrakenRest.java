package dev.mdp.testkit.venue;

import dev.mdp.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Kraken over REST: `/0/public/Time`, `/0/public/AssetPairs` and `/0/public/Trades` by `since`,
/// the nanoseconds of a time, oldest first. Errors come with HTTP 200. Thread-safe.
final class KrakenRest implements VenueRest {
  private static final DateTimeFormatter RFC_1123 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Stage stage;

  KrakenRest(Stage stage) {
    this.stage = stage;
  }

  @Override
  public int weight(VenueRequest request) {
    return 1;
  }

  @Override
  public Answer answer(VenueRequest request) {
    return switch (request.path()) {
      case "/0/public/Time" -> time();
      case "/0/public/AssetPairs" -> pairs(request);
      case "/0/public/Trades" -> trades(request);
      default -> error("EGeneral:Unknown method");
    };
  }

  private Answer time() {
    Instant now = stage.clock().shown();
    Map<String, Object> time = new LinkedHashMap<>();
    time.put("unixtime", now.getEpochSecond());
    time.put("rfc1123", RFC_1123.format(now));
    return result(Json.write(time));
  }

  private Answer pairs(VenueRequest request) {
    Market market = stage.market();
    List<Listing> listings = market.listed();
    String names = request.parameter("pair");
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (Listing listing : listings) {
      KrakenPair pair = KrakenPair.of(listing.symbol());
      pairs.put(pair.key(), pair.toMap(market.status(listing) == Listing.Status.ONLINE));
    }
    if (names == null) {
      return result(Json.write(pairs));
    }
    Map<String, Object> some = new LinkedHashMap<>();
    for (String name : names.split(",", -1)) {
      Optional<Listing> found = KrakenPair.find(listings, name);
      if (found.isEmpty()) {
        return error("EQuery:Unknown asset pair");
      }
      String key = KrakenPair.of(found.get().symbol()).key();
      some.put(key, pairs.get(key));
    }
    return result(Json.write(some));
  }

  private Answer trades(VenueRequest request) {
    String name = request.parameter("pair");
    Optional<Listing> listing =
        name == null ? Optional.empty() : KrakenPair.find(stage.market().listed(), name);
    Optional<History> history = listing.flatMap(one -> History.of(stage, one.symbol()));
    if (history.isEmpty()) {
      return error("EQuery:Unknown asset pair");
    }
    try {
      return KrakenPage.of(request, history.get(), stage.script().rest())
          .answer(KrakenPair.of(history.get().series().symbol()).key());
    } catch (NumberFormatException _) {
      return error("EGeneral:Invalid arguments");
    }
  }

  @Override
  public Answer tooMany(Duration wait) {
    return error("EAPI:Rate limit exceeded");
  }

  @Override
  public Answer banned(Duration wait) {
    return error("EGeneral:Temporary lockout");
  }

  @Override
  public Answer errorInBody() {
    return error("EService:Unavailable");
  }

  @Override
  public Answer withUsage(Answer answer, int used) {
    return answer;
  }

  static Answer result(String json) {
    return Answer.json("{\"error\":[],\"result\":" + json + "}");
  }

  private static Answer error(String text) {
    return Answer.json(Json.write(Map.of("error", List.of(text))));
  }
}
