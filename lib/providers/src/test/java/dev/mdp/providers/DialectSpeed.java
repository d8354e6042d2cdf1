package dev.mdp.providers;

import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.UnusableTrade;
import dev.mdp.providers.binance.Binance;
import dev.mdp.providers.binance.BinanceDialect;
import dev.mdp.providers.binance.BinanceStream;
import dev.mdp.providers.coinbase.Coinbase;
import dev.mdp.providers.coinbase.CoinbaseDialect;
import dev.mdp.providers.kraken.Kraken;
import dev.mdp.providers.kraken.KrakenDialect;
import dev.mdp.providers.net.Frame;
import dev.mdp.providers.net.VenueDialect;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Measures how fast frames are decoded on one core, medians of 5 rounds after 3 of warming up:
/// `java -XX:+UseSerialGC -cp … dev.mdp.providers.DialectSpeed`, from the test classpath. By the
/// processor's time, collection of garbage included, so that other work on the machine does not
/// count.
public final class DialectSpeed {
  private static final int FRAMES = 4_096;
  private static final int PER_ROUND = 2_000_000;
  private static final int SYMBOLS = 500;
  private static final int WARM_UP = 3;

  private DialectSpeed() {}

  public static void main(String[] args) {
    measure(
        "coinbase match", new CoinbaseDialect(Coinbase.SOCKET), "C%d-USD", 1, DialectSpeed::match);
    for (int trades : new int[] {1, 10}) {
      measure(
          "kraken trade, " + trades + " a frame",
          new KrakenDialect(Kraken.SOCKET),
          "K%d/USD",
          trades,
          i -> kraken(i, trades));
    }
    measure(
        "binance trade",
        new BinanceDialect(BinanceStream.TRADE, Binance.SOCKET),
        "B%dUSDT",
        1,
        i -> binance(i, "trade", "t"));
    measure(
        "binance aggTrade",
        new BinanceDialect(BinanceStream.AGG_TRADE, Binance.SOCKET),
        "B%dUSDT",
        1,
        i -> binance(i, "aggTrade", "a"));
  }

  private static void measure(
      String what, VenueDialect dialect, String symbol, int trades, IntFunction<String> text) {
    List<Symbol> symbols =
        IntStream.range(0, SYMBOLS).mapToObj(i -> new Symbol(symbol.formatted(i))).toList();
    if (dialect.subscribe(symbols).isEmpty()) {
      throw new IllegalStateException(what + ": nothing is subscribed");
    }
    Frame[] frames = new Frame[FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      char[] chars = text.apply(i).toCharArray();
      frames[i] = new Frame(chars, chars.length, 1_714_557_600_000_000L);
    }
    double[] perSecond = new double[5];
    for (int round = -WARM_UP; round < perSecond.length; round++) {
      Counter counter = new Counter();
      Duration start = processorTime();
      for (int i = 0; i < PER_ROUND / trades; i++) {
        Frame frame = frames[i & (FRAMES - 1)];
        dialect.read(frame, counter);
        counter.others += dialect.isEnding(frame) ? 1 : 0;
      }
      double seconds = processorTime().minus(start).toNanos() / 1e9;
      if (counter.trades != PER_ROUND || counter.others != 0) {
        throw new IllegalStateException(what + ": " + counter.trades + ", " + counter.others);
      }
      if (round >= 0) {
        perSecond[round] = counter.trades / seconds;
      }
    }
    Arrays.sort(perSecond);
    System.out.printf(
        Locale.ROOT,
        "%-24s %,10.0f trades/s  %6.0f ns  %4d characters a frame%n",
        what,
        perSecond[2],
        1e9 / perSecond[2],
        frames[0].length());
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private static final class Counter implements FeedListener {
    private long trades;
    private long others;
    private double sum;

    @Override
    public void trade(Tick trade) {
      trades++;
      sum += trade.price() + trade.size();
    }

    @Override
    public void unusable(UnusableTrade trade) {
      others++;
    }

    @Override
    public void notice(FeedNotice notice) {
      others += notice instanceof FeedNotice.ClockOffset ? 0 : 1;
    }

    @Override
    public String toString() {
      return Double.toString(sum);
    }
  }

  private static String match(int i) {
    return """
    {"type":"match","trade_id":%d,"maker_order_id":"27fff20b-af29-4f45-8744-56dd1ef57dc0",\
    "taker_order_id":"1da6ce16-c8da-4732-9f71-6049f4c6aaf8","side":"sell","size":"%s",\
    "price":"%s","product_id":"C%d-USD","sequence":333938798,"time":"2024-05-01T10:00:%02d.%06dZ"}\
    """
        .formatted(
            881_613 + i, size(i), price(i), i % SYMBOLS, i / 1_000 % 60, i * 7_919 % 1_000_000);
  }

  private static String kraken(int i, int trades) {
    return IntStream.range(i * trades, i * trades + trades)
        .mapToObj(n ->
            """
            {"symbol":"K%d/USD","side":"buy","price":%s,"qty":%s,"ord_type":"limit",\
            "trade_id":%d,"timestamp":"2024-05-01T10:00:%02d.%06dZ"}\
            """
                .formatted(
                    i % SYMBOLS,
                    price(n),
                    size(n),
                    4_665_906 + n,
                    n / 1_000 % 60,
                    n * 7_919 % 1_000_000))
        .collect(
            Collectors.joining(",", "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[", "]}"));
  }

  private static String binance(int i, String event, String idField) {
    String symbol = "B" + i % SYMBOLS + "USDT";
    return """
    {"stream":"%s@%s","data":{"e":"%s","E":%d,"s":"%s","%s":%d,"p":"%s000000","q":"%s000",\
    "T":%d,"m":true,"M":true}}\
    """
        .formatted(
            symbol.toLowerCase(Locale.ROOT),
            event,
            event,
            1_714_557_600_001_000L + i,
            symbol,
            idField,
            3_735_683_259L + i,
            price(i),
            size(i),
            1_714_557_600_000_000L + i);
  }

  private static String price(int i) {
    return "6" + (1_000 + i * 7919L % 997) + "." + (10 + i % 90);
  }

  private static String size(int i) {
    return "0." + (10_000 + i * 31L % 89_999);
  }
}
