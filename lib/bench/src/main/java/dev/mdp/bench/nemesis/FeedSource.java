package dev.mdp.bench.nemesis;

import dev.mdp.bench.venue.LiveVenue;
import dev.mdp.testkit.venue.Trade;
import dev.mdp.testkit.venue.VenueKind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Live feeds of two venues' doubles, each read by two producers of which one stands by. Every
/// trade that a venue made public from a series' first one on must be stored once, whatever is done
/// to whom.
final class FeedSource implements EventSource {
  private static final long CATCH_UP_SECONDS = 240;
  private static final Duration BESIDE_FAULTS = Duration.ofMinutes(10);
  private static final long MILLIS_A_FAULT = 8_000;

  private static final String CURSORS =
      "SELECT provider, symbol, first_id, contiguous_through, head FROM feed_cursors";

  private static final String UNDONE =
      """
      SELECT (SELECT count(*) FROM feed_gaps WHERE state = 'open')
           + (SELECT count(*) FROM pending_repairs)
      """;

  private final List<LiveVenue> venues;

  /// The first id of each series, by `provider symbol`, as it was noted before the first fault.
  private final Map<String, Long> firstIds = new TreeMap<>();

  /// @param seed of the tapes
  FeedSource(NemesisOptions options) {
    Duration length =
        BESIDE_FAULTS.plus(
            options.faults() > 0
                ? Duration.ofMillis(MILLIS_A_FAULT * options.faults())
                : options.time());
    int rate = options.rate() / 2;
    venues =
        List.of(
            new LiveVenue(
                    VenueKind.COINBASE,
                    "127.0.0.1",
                    List.of("BTC-USD", "ETH-USD", "SOL-USD", "XRP-USD", "ADA-USD"),
                    options.seed(),
                    rate,
                    Duration.ZERO,
                    length)
                .open(),
            new LiveVenue(
                    VenueKind.BINANCE,
                    "localhost",
                    List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "ADAUSDT"),
                    options.seed() + 1,
                    rate,
                    Duration.ZERO,
                    length)
                .open());
  }

  @Override
  public String configuration() {
    return venues.stream()
        .map(LiveVenue::configuration)
        .collect(Collectors.joining("", "producers:\n", ""));
  }

  @Override
  public String words() {
    return "%d producers each of %s"
        .formatted(
            ProcessSupervisor.PRODUCERS,
            venues.stream().map(LiveVenue::provider).collect(Collectors.joining(" and ")));
  }

  @Override
  public List<LiveVenue> venues() {
    return venues;
  }

  @Override
  public boolean isTrading() {
    return venues.stream().allMatch(LiveVenue::isTrading);
  }

  /// Whether every series is noted; the first time that they are, remembers where they begin.
  @Override
  public boolean hasBegun(Connection connection) throws SQLException {
    Map<String, Long> found = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CURSORS)) {
      while (rows.next()) {
        found.put(key(rows.getString(1), rows.getString(2)), rows.getLong(3));
      }
    }
    boolean all = found.size() == venues.stream().mapToInt(each -> each.symbols().size()).sum();
    if (all) {
      firstIds.putAll(found);
    }
    return all;
  }

  /// Where a series began.
  long firstId(String provider, String symbol) {
    return firstIds.getOrDefault(key(provider, symbol), 1L);
  }

  private static String key(String provider, String symbol) {
    return provider + " " + symbol;
  }

  /// The markets close; then every series must come to its newest trade, without an open hole or a
  /// bar that waits.
  @Override
  public boolean end(TestBed testBed, ProcessSupervisor supervisor) throws IOException {
    venues.forEach(LiveVenue::end);
    long deadline = System.nanoTime() + CATCH_UP_SECONDS * 1_000_000_000L;
    boolean complete = false;
    while (!complete && System.nanoTime() < deadline) {
      NemesisTimes.sleep(500);
      try (Connection connection = testBed.connect()) {
        complete = behind(connection).isEmpty() && Queries.count(connection, UNDONE) == 0;
      } catch (SQLException _) {
        // the server is still starting
      }
    }
    supervisor.endProducers();
    return complete;
  }

  /// One line for each series that is not noted as published to its newest trade.
  List<String> behind(Connection connection) throws SQLException {
    Map<String, String> noted = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CURSORS)) {
      while (rows.next()) {
        noted.put(
            key(rows.getString(1), rows.getString(2)),
            rows.getLong(3) + " to " + rows.getLong(4) + ", head " + rows.getLong(5));
      }
    }
    List<String> behind = new ArrayList<>();
    for (LiveVenue venue : venues) {
      for (String symbol : venue.symbols()) {
        long head = venue.head(symbol);
        String want = firstId(venue.provider(), symbol) + " to " + head + ", head " + head;
        String is = noted.getOrDefault(key(venue.provider(), symbol), "nothing");
        if (!is.equals(want)) {
          behind.add("%s %s: noted is %s, not %s".formatted(venue.provider(), symbol, is, want));
        }
      }
    }
    return behind;
  }

  @Override
  public void load(Connection connection, ProcessSupervisor supervisor) throws SQLException {
    long order = 0;
    for (LiveVenue venue : venues) {
      for (String symbol : venue.symbols()) {
        long first = firstId(venue.provider(), symbol);
        List<SentLine.Sent> trades = new ArrayList<>();
        for (Trade trade : venue.trades(symbol)) {
          if (trade.id() >= first) {
            trades.add(sent(venue.provider(), symbol, trade, order++));
          }
        }
        SentEventsAudit.add(connection, trades);
      }
    }
    SentEventsAudit.index(connection);
  }

  /// Every one of them counts as acknowledged: it is to be there.
  private static SentLine.Sent sent(String provider, String symbol, Trade trade, long order) {
    return new SentLine.Sent(
        provider,
        symbol,
        trade.micros(),
        trade.id(),
        trade.priceValue(),
        trade.sizeValue(),
        trade.micros(),
        order);
  }

  @Override
  public void close() {
    venues.forEach(LiveVenue::close);
  }
}
