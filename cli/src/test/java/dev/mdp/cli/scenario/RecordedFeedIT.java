package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.venue.FakeVenue;
import dev.mdp.testkit.venue.Tape;
import dev.mdp.testkit.venue.Trade;
import dev.mdp.testkit.venue.VenueKind;
import dev.mdp.testkit.venue.VenueScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Recorded frames of a venue, streamed again: two processes are killed on the way, and the third
/// one completes what they began.
class RecordedFeedIT {
  private static final String SYMBOL = "BTCUSDT";
  private static final int TRADES = 19_904;
  private static final Pattern FRAME =
      Pattern.compile(
          "\"t\":(\\d+),\"p\":\"([0-9.]+)\",\"q\":\"([0-9.]+)\",\"T\":(\\d+),\"m\":(true|false)");

  private final Scenario scenario = Scenario.onRedis(2);

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void twoKilledProcessesAndAThirdPublishEveryRecordedTradeOnce() throws Exception {
    List<Trade> recorded = recorded(SharedData.file("btcusdt/ws_trade_frames.ndjson.gz"));
    assertThat(recorded).hasSize(TRADES);
    Tape tape = Tape.of(Map.of(SYMBOL, recorded));
    try (FakeVenue venue = new FakeVenue(VenueKind.BINANCE, tape, VenueScript.calm()).start()) {
      scenario
          .sections(
              """
              producers:
                binance: { symbols: [%s], socket_url: "%s", rest_url: "%s" }
              """
                  .formatted(SYMBOL, venue.wsUri(), venue.restUri()))
          .datasets("");
      Child ticks = scenario.child("stream", "ticks");
      Child bars = scenario.child("stream", "micro-batch", "--window", "2s,1m");
      Child first = produce();
      scenario.await("SELECT count(*) FROM feed_states WHERE state = 'live'", "1");
      venue.play(450);

      killAfter(first, 2_500);
      Child second = produce();
      killAfter(second, 7_500);
      Child third = produce();
      scenario.await(
          "SELECT count(*) || ' ' || count(DISTINCT seq) FROM tick_data",
          TRADES + " " + TRADES,
          Duration.ofSeconds(120));
      scenario.await("SELECT count(*) FROM feed_gaps WHERE state = 'open'", "0");
      scenario.await("SELECT count(*) FROM pending_repairs", "0", Duration.ofSeconds(60));
      List.of(third, bars, ticks).forEach(each -> each.terminate().requireCode(0));
    }

    assertThat(
            scenario
                .rows(
                    "SELECT seq, (extract(epoch FROM ts) * 1000000)::bigint, price, size FROM tick_data ORDER BY seq")
                .stream()
                .map(Row::of)
                .toList())
        .isEqualTo(recorded.stream().map(Row::of).toList());
    assertThat(
            scenario.rows(
                "SELECT state, sum(id_to - id_from + 1) > 2000 FROM feed_gaps GROUP BY state"))
        .as("what came while no process published, a lease's length each time")
        .containsExactly("filled|t");
    Oracle.requireExactBars(scenario, Oracle.Interval.TWO_SECONDS, Oracle.Interval.ONE_MINUTE);
    assertThat(scenario.mdp("stream", "dead-letters", "list", "-o", "jsonl").jsonLines()).isEmpty();
  }

  private Child produce() {
    return scenario.child("stream", "produce", "--provider", "binance");
  }

  private void killAfter(Child process, int ticks) {
    scenario.await("SELECT count(*) > " + ticks + " FROM tick_data", "t", Duration.ofSeconds(60));
    assertThat(process.isAlive()).as("killed in the middle").isTrue();
    assertThat(scenario.count("SELECT count(*) FROM tick_data")).isLessThan(TRADES);
    process.kill();
  }

  /// A trade as the table has it.
  private record Row(long id, long micros, double price, double size) {
    static Row of(Trade trade) {
      return new Row(trade.id(), trade.micros(), trade.priceValue(), trade.sizeValue());
    }

    static Row of(String columns) {
      String[] each = columns.split("\\|");
      return new Row(
          Long.parseLong(each[0]),
          Long.parseLong(each[1]),
          Double.parseDouble(each[2]),
          Double.parseDouble(each[3]));
    }
  }

  private static List<Trade> recorded(Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return lines.lines().map(RecordedFeedIT::trade).toList();
    }
  }

  private static Trade trade(String line) {
    Matcher frame = FRAME.matcher(line);
    assertThat(frame.find()).as(line).isTrue();
    return Trade.of(
        Long.parseLong(frame.group(1)),
        Instant.ofEpochMilli(Long.parseLong(frame.group(4))),
        frame.group(2),
        frame.group(3),
        Boolean.parseBoolean(frame.group(5)));
  }
}
