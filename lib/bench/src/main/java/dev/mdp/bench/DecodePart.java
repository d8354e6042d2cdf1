package dev.mdp.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.mdp.bench.BenchReport.Goal;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.core.feed.UnusableTrade;
import dev.mdp.providers.binance.BinanceDialect;
import dev.mdp.providers.binance.BinanceStream;
import dev.mdp.providers.coinbase.CoinbaseDialect;
import dev.mdp.providers.kraken.KrakenDialect;
import dev.mdp.providers.net.Frame;
import dev.mdp.providers.net.VenueDialect;
import dev.mdp.testkit.venue.VenueKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;

/// Of (v): how fast the frames of each venue become trades, on one core, beside a pass of a JSON
/// parser over the same frames that takes nothing from them.
final class DecodePart {
  private static final int FRAMES = 20_000;
  private static final URI NOWHERE = URI.create("ws://127.0.0.1");
  private static final JsonFactory JSON = new JsonFactory();

  private final Options options;
  private final BenchReport report;

  DecodePart(Options options, BenchReport report) {
    this.options = options;
    this.report = report;
  }

  /// Counts trades, and whether there was anything else.
  private static final class Counted implements FeedListener {
    long trades;
    String other = "";

    @Override
    public void trade(Tick trade) {
      trades++;
    }

    @Override
    public void unusable(UnusableTrade trade) {
      other = trade.reason();
    }

    @Override
    public void notice(FeedNotice notice) {
      if (notice instanceof FeedNotice.Unreadable) {
        other = notice.toString();
      }
    }
  }

  void run() {
    measure(
        "coinbase",
        "BTC-USD",
        new CoinbaseDialect(NOWHERE),
        FrameTape.of(
            VenueKind.COINBASE,
            "BTC-USD",
            FRAMES,
            venue -> new CoinbaseDialect(venue.wsUri()),
            "\"trade_id\""));
    measure(
        "kraken",
        "BTC/USD",
        new KrakenDialect(NOWHERE),
        FrameTape.of(
            VenueKind.KRAKEN,
            "BTC/USD",
            FRAMES,
            venue -> new KrakenDialect(venue.wsUri()),
            "\"trade_id\""));
    measure(
        "binance",
        "BTCUSDT",
        new BinanceDialect(BinanceStream.TRADE, NOWHERE),
        FrameTape.of(
            VenueKind.BINANCE,
            "BTCUSDT",
            FRAMES,
            venue -> new BinanceDialect(BinanceStream.TRADE, venue.wsUri()),
            "\"t\":"));
  }

  private void measure(String name, String symbol, VenueDialect dialect, List<Frame> frames) {
    dialect.subscribe(List.of(Symbol.of(symbol)));
    dialect.endpoint(List.of(Symbol.of(symbol)));
    BenchSeries decoded = new BenchSeries();
    BenchSeries bare = new BenchSeries();
    long passes = Math.max(1, options.events() / FRAMES);
    for (int round = -1; round < options.rounds(); round++) {
      double ours = decode(dialect, frames, passes);
      double parsed = parse(frames, passes);
      if (round >= 0) {
        decoded.add(ours);
        bare.add(parsed);
      }
    }
    report.figure(name + ": frames decoded, trades/s on one core", decoded, Goal.AT_LEAST, 1e6);
    report.figure(name + ": decode / pass of a JSON parser", decoded.over(bare));
  }

  private double decode(VenueDialect dialect, List<Frame> frames, long passes) {
    Counted counted = new Counted();
    long begun = System.nanoTime();
    for (long pass = 0; pass < passes; pass++) {
      for (Frame frame : frames) {
        dialect.read(frame, counted);
      }
    }
    double perSecond = counted.trades * 1e9 / (System.nanoTime() - begun);
    if (counted.trades != passes * FRAMES || !counted.other.isEmpty()) {
      report.difference(
          "%s decoded %d trades of %d %s"
              .formatted(dialect.provider(), counted.trades, passes * FRAMES, counted.other));
    }
    return perSecond;
  }

  /// In trades a second: the frames have as many.
  private static double parse(List<Frame> frames, long passes) {
    long begun = System.nanoTime();
    try {
      for (long pass = 0; pass < passes; pass++) {
        for (Frame frame : frames) {
          try (JsonParser parser = JSON.createParser(frame.chars(), 0, frame.length())) {
            while (parser.nextToken() != null) {
              // the next one
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return passes * (double) FRAMES * 1e9 / (System.nanoTime() - begun);
  }
}
