package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mdp.testkit.venue.FakeVenue;
import dev.mdp.testkit.venue.Fault;
import dev.mdp.testkit.venue.Tape;
import dev.mdp.testkit.venue.VenueKind;
import dev.mdp.testkit.venue.VenueScript;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A venue's trades through real processes and servers: each once, whatever breaks.
class FeedIT {
  private static final int TRADES = 3_000;

  private final Scenario scenario = Scenario.onRedis(2);

  @AfterEach
  void close() {
    scenario.close();
  }

  @ParameterizedTest
  @CsvSource({"COINBASE, BTC-USD", "KRAKEN, BTC/USD", "BINANCE, BTCUSDT", "BINANCE_AGG, BTCUSDT"})
  void everyTradeIsStoredOnceThroughBrokenConnections(VenueKind kind, String symbol) {
    Tape tape = Tape.seeded(7).symbol(symbol, TRADES).build();
    VenueScript script =
        VenueScript.calm().at(symbol, 700, Fault.cut()).at(symbol, 1_900, Fault.cut());
    try (FakeVenue venue = new FakeVenue(kind, tape, script).start()) {
      Child[] workers = startWorkers();
      Child produce = produce(kind, venue, symbol);
      scenario.await("SELECT count(*) FROM feed_states WHERE state = 'live'", "1");
      venue.play(1_500);
      long ids =
          kind == VenueKind.BINANCE_AGG
              ? tape.aggregates(symbol).size()
              : tape.trades(symbol).size();
      requireComplete(ids);
      end(produce, workers);
      requireProof(ids);
    }
    assertThat(scenario.mdp("feeds", "gaps", "--open", "-o", "jsonl").requireCode(0).jsonLines())
        .isEmpty();
  }

  @Test
  void aProducerThatIsKilledLosesNothingAndSendsNothingTwice() {
    Tape tape = Tape.seeded(8).symbol("BTC-USD", TRADES).build();
    try (FakeVenue venue = new FakeVenue(VenueKind.COINBASE, tape, VenueScript.calm()).start()) {
      Child[] workers = startWorkers();
      configure(VenueKind.COINBASE, venue, "BTC-USD");
      Child first = scenario.child("stream", "produce", "--provider", "coinbase");
      scenario.await("SELECT count(*) FROM feed_states WHERE state = 'live'", "1");
      venue.play(300);
      scenario.await("SELECT count(*) > 500 FROM tick_data", "t");
      first.kill();
      Child second = scenario.child("stream", "produce", "--provider", "coinbase");
      requireComplete(TRADES);
      end(second, workers);
    }
  }

  /// Recomputed from the ticks: no id is missing, and every second has a word.
  private void requireProof(long ids) {
    JsonNode series =
        scenario
            .mdp("verify", "feeds", "-o", "json")
            .requireCode(0)
            .json()
            .path("data")
            .path("series")
            .get(0);
    assertThat(series.path("expected").asLong()).isEqualTo(ids);
    assertThat(series.path("stored").asLong()).isEqualTo(ids);
    assertThat(series.path("missing").properties()).allMatch(each -> each.getValue().asLong() == 0);
    assertThat(
            series.path("time").properties().stream()
                .mapToLong(each -> each.getValue().asLong())
                .sum())
        .isEqualTo(series.path("seconds").asLong());
  }

  private Child[] startWorkers() {
    return new Child[] {
      scenario.child("stream", "ticks"),
      scenario.child("stream", "micro-batch", "--window", "1s,1m")
    };
  }

  private Child produce(VenueKind kind, FakeVenue venue, String symbol) {
    configure(kind, venue, symbol);
    return scenario.child("stream", "produce", "--provider", name(kind));
  }

  private static void end(Child produce, Child... workers) {
    produce.terminate().requireCode(0);
    for (Child worker : workers) {
      worker.terminate().requireCode(0);
    }
  }

  private void configure(VenueKind kind, FakeVenue venue, String symbol) {
    scenario
        .sections(
            """
            producers:
              %s: { symbols: ["%s"], socket_url: "%s", rest_url: "%s" }
            """
                .formatted(name(kind), symbol, venue.wsUri(), venue.restUri()))
        .datasets("");
  }

  private static String name(VenueKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /// Every id is in the table, once; no hole is open, no window waits, every bar is right.
  private void requireComplete(long ids) {
    scenario.await(
        "SELECT count(*) || ' ' || count(DISTINCT seq) FROM tick_data",
        ids + " " + ids,
        Duration.ofSeconds(90));
    scenario.await("SELECT count(*) FROM feed_gaps WHERE state = 'open'", "0");
    scenario.await("SELECT count(*) FROM pending_repairs", "0", Duration.ofSeconds(90));
    Oracle.requireExactBarsSoon(scenario, Oracle.Interval.ONE_SECOND, Oracle.Interval.ONE_MINUTE);
  }
}
