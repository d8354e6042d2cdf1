package dev.mdp.testkit.venue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Binance's socket: streams by address or by `SUBSCRIBE`, combined or raw, events `trade`,
/// `aggTrade`, `blockTrade` and `serverShutdown`. One thread.
final class BinanceStream implements VenueStream {
  private static final long BLOCK_IDS = 900_000_000L;

  /// A longer message is neither obeyed nor answered.
  private static final int MOST_BYTES = 4_088;

  private final Session session;
  private final BinanceStreams streams;
  private final BinanceTimes times;
  private final boolean combined;
  private int trades;

  BinanceStream(Session session) {
    this.session = session;
    this.streams = new BinanceStreams(session);
    this.times = new BinanceTimes(session);
    this.combined = session.request().path().equals("/stream");
    List<String> named = BinanceStreams.named(session.request());
    if (!named.isEmpty()) {
      streams.add(named);
    }
  }

  @Override
  public void opened() {
    // what the address names is not confirmed: it just comes
  }

  @Override
  public void heard(String text) throws IOException {
    if (text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
      session.send(BinanceControl.answer(text, streams));
    }
  }

  @Override
  public void trade(Subscription subscription, int index) throws IOException {
    String symbol = subscription.symbol();
    if (streams.has(symbol, BinanceStreams.TRADE)) {
      trade(symbol, subscription.series().trade(index));
    }
    if (streams.has(symbol, BinanceStreams.AGGREGATE)) {
      Aggregates aggregates = subscription.series().aggregates();
      int ended = aggregates.endingAt(index);
      if (ended >= 0) {
        aggregate(symbol, aggregates.get(ended));
      }
    }
  }

  private void trade(String symbol, Trade trade) throws IOException {
    times.next();
    event(symbol, BinanceStreams.TRADE, BinanceText.trade(symbol, trade, times, session.script()));
    int every = session.script().blockTradesEvery;
    if (every > 0 && ++trades % every == 0) {
      Trade block =
          new Trade(
              BLOCK_IDS + trades,
              trade.nanos(),
              trade.price() * 2,
              trade.size(),
              trade.buyerIsMaker(),
              trade.order());
      event(symbol, "blockTrade", BinanceText.blockTrade(symbol, block, times));
    }
  }

  private void aggregate(String symbol, Aggregate aggregate) throws IOException {
    times.next();
    event(symbol, BinanceStreams.AGGREGATE, BinanceText.aggregate(symbol, aggregate, times));
  }

  private void event(String symbol, String kind, String payload) throws IOException {
    session.send(
        combined
            ? "{\"stream\":\""
                + BinanceStreams.lower(symbol)
                + '@'
                + kind
                + "\",\"data\":"
                + payload
                + "}"
            : payload);
  }

  @Override
  public void flush() {
    // each event has its own message
  }

  @Override
  public void heartbeat(boolean idle) {
    // the venue has pings instead
  }

  @Override
  public void announceShutdown() throws IOException {
    String event = "{\"e\":\"serverShutdown\",\"E\":" + times.now() + "}";
    session.send(combined ? "{\"stream\":\"!serverShutdown\",\"data\":" + event + "}" : event);
  }

  @Override
  public void statusChanged() {
    // only REST says so
  }

  @Override
  public String unknownMessage() {
    String event = "{\"e\":\"referencePrice\",\"E\":" + times.now() + ",\"s\":\"BTCUSDT\",\"t\":1}";
    return combined ? "{\"stream\":\"btcusdt@referencePrice\",\"data\":" + event + "}" : event;
  }
}
