package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.testkit.venue.FakeVenue;
import dev.mdp.testkit.venue.Tape;
import dev.mdp.testkit.venue.VenueKind;
import dev.mdp.testkit.venue.VenueLog;
import dev.mdp.testkit.venue.VenueScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Several feeds in one process, several processes at one venue, and what ends them.
class FeedProcessesIT {
  private static final int TRADES = 600;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Scenario scenario = Scenario.onRedis(2);
  private final Tape coins = Tape.seeded(7).symbol("BTC-USD", TRADES).symbol("ETH-USD", 50).build();
  private final Tape pairs = Tape.seeded(8).symbol("BTC/USD", TRADES).build();

  @AfterEach
  void close() {
    scenario.close();
  }

  @Test
  void oneProcessRunsSeveralProducers() {
    try (FakeVenue coinbase = venue(VenueKind.COINBASE, coins, VenueScript.calm());
        FakeVenue kraken = venue(VenueKind.KRAKEN, pairs, VenueScript.calm())) {
      configure(
          producer("coinbase", VenueKind.COINBASE, coinbase, "BTC-USD"),
          producer("kraken", VenueKind.KRAKEN, kraken, "BTC/USD"));
      Child ticks = scenario.child("stream", "ticks");
      Child produce = scenario.child("stream", "produce", "--provider", "coinbase,kraken");
      awaitLive(2);
      coinbase.releaseAll();
      kraken.releaseAll();
      scenario.await(
          "SELECT string_agg(provider || ' ' || n, ', ' ORDER BY provider) FROM (SELECT provider,"
              + " count(DISTINCT seq) AS n FROM tick_data WHERE symbol LIKE 'BTC%' GROUP BY 1) AS p",
          "coinbase " + TRADES + ", kraken " + TRADES, PATIENCE);

      Outcome outcome = produce.terminate().requireCode(0);

      assertThat(outcome.err())
          .containsPattern("coinbase +sent " + TRADES)
          .containsPattern("kraken +sent " + TRADES);
      assertThat(
              scenario.rows(
                  "SELECT provider, status, metadata -> 'sent' FROM job_runs"
                      + " WHERE job_name = 'produce' ORDER BY provider"))
          .containsExactly(
              "coinbase|success|{\"coinbase\": " + TRADES + "}",
              "kraken|success|{\"kraken\": " + TRADES + "}");
      ticks.terminate().requireCode(0);
    }
  }

  @Test
  void oneThatFailsIsToldAndTheOthersDrain() {
    try (FakeVenue coinbase = venue(VenueKind.COINBASE, coins, VenueScript.calm());
        FakeVenue kraken =
            venue(
                VenueKind.KRAKEN,
                pairs,
                VenueScript.calm().life(life -> life.refuseConnects(451)))) {
      configure(
          producer("coinbase", VenueKind.COINBASE, coinbase, "BTC-USD"),
          producer("kraken", VenueKind.KRAKEN, kraken, "BTC/USD"));
      coinbase.release("BTC-USD", 10);

      Outcome outcome =
          scenario.child("stream", "produce", "--provider", "coinbase,kraken").awaitEnd();

      outcome.requireCode(78);
      assertThat(outcome.err())
          .contains("feed-kraken failed: ")
          .contains("draining the others")
          .contains("the venue does not serve this country");
      assertThat(
              scenario.rows(
                  "SELECT provider, status, error_message LIKE 'feed-kraken failed: %' FROM job_runs"
                      + " ORDER BY provider"))
          .containsExactly("coinbase|failure|t", "kraken|failure|f");
      assertThat(scenario.count("SELECT count(*) FROM feed_positions WHERE lease_until > now()"))
          .as("shards of coinbase that were not given back")
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aVenuesClockFarAheadEndsTheProducerBeforeItsFirstTrade() {
    try (FakeVenue coinbase =
        venue(VenueKind.COINBASE, coins, VenueScript.calm().clock(Duration.ofSeconds(10)))) {
      configure(producer("coinbase", VenueKind.COINBASE, coinbase, "BTC-USD"));

      Outcome outcome = scenario.child("stream", "produce", "--provider", "coinbase").awaitEnd();

      outcome.requireCode(78);
      assertThat(outcome.err())
          .containsPattern("the clock of coinbase is (9\\.\\d|10\\.\\d) s ahead of this machine's")
          .contains("set this machine's clock right");
      assertThat(scenario.redis().xlen(scenario.stream() + ".0")).isZero();
      assertThat(scenario.redis().xlen(scenario.stream() + ".1")).isZero();
    }
  }

  @Test
  void aMisspelledSymbolOnTheCommandLineStartsNothing() {
    try (FakeVenue coinbase = venue(VenueKind.COINBASE, coins, VenueScript.calm())) {
      configure(producer("coinbase", VenueKind.COINBASE, coinbase, "BTC-USD"));

      Outcome outcome =
          scenario.mdp(
              "stream", "produce", "--provider", "coinbase", "--symbols", "BTC-USD,ETH-USDD");

      outcome.requireCode(2);
      assertThat(outcome.err())
          .contains("--symbols: coinbase has no symbol 'ETH-USDD' — did you mean 'ETH-USD'?");
      assertThat(scenario.count("SELECT count(*) FROM job_runs")).isZero();
      assertThat(coinbase.log().connects()).isEmpty();
    }
  }

  @Test
  void symbolsForSeveralProvidersAndOneProviderTwiceAreRefused() {
    assertThat(
            scenario
                .mdp("stream", "produce", "--provider", "coinbase,kraken", "--symbols", "BTC-USD")
                .requireCode(2)
                .err())
        .contains(
            "--symbols: with several providers, name the symbols of each under"
                + " producers.coinbase.symbols");
    assertThat(
            scenario
                .mdp("stream", "produce", "--provider", "coinbase", "--provider", "coinbase")
                .requireCode(2)
                .err())
        .contains("--provider: 'coinbase' is named twice");
  }

  /// Kraken allows 150 connections in ten minutes: three at once, then one in four seconds.
  @Test
  void processesThatStartTogetherShareTheVenuesLimitOfConnections() {
    List<String> producers = new ArrayList<>();
    try (FakeVenue kraken =
        venue(
            VenueKind.KRAKEN,
            pairs,
            VenueScript.calm().life(life -> life.connectLimit(3, Duration.ofSeconds(3))))) {
      for (int i = 1; i <= 5; i++) {
        producers.add(producer("kraken_" + i, VenueKind.KRAKEN, kraken, "BTC/USD"));
      }
      configure(producers.toArray(String[]::new));
      List<Child> children = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        children.add(scenario.child("stream", "produce", "--provider", "kraken_" + i));
      }
      awaitLive(5);
      children.forEach(child -> child.terminate().requireCode(0));

      assertThat(kraken.log().connects()) // a slow machine may connect once more
          .hasSizeGreaterThanOrEqualTo(5)
          .noneMatch(VenueLog.Connect::isRefused);
      assertThat(scenario.rows("SELECT host FROM rate_budgets WHERE host LIKE 'wss:%'"))
          .containsExactly("wss://127.0.0.1");
    }
  }

  @Test
  void configCheckNamesUnknownSymbolsAndVenuesThatCannotBeAsked() {
    try (FakeVenue coinbase = venue(VenueKind.COINBASE, coins, VenueScript.calm())) {
      configure(
          producer("coinbase", VenueKind.COINBASE, coinbase, "BTC-USDD"),
          "  kraken: { symbols: [\"BTC/USD\"], rest_url: \"http://127.0.0.1:1\" }");
      Outcome wrong = scenario.mdp("config", "check", "-o", "json").requireCode(78);
      assertThat(wrong.json().at("/data/0/key").asText()).isEqualTo("producers.coinbase.symbols");
      assertThat(wrong.json().at("/data/0/message").asText())
          .isEqualTo("coinbase has no symbol 'BTC-USDD' — did you mean 'BTC-USD'?");
      assertThat(wrong.json().at("/data/0/line").asInt()).isPositive();

      configure(
          producer("coinbase", VenueKind.COINBASE, coinbase, "BTC-USD"),
          "  kraken: { symbols: [\"BTC/USD\"], rest_url: \"http://127.0.0.1:1\" }");
      coinbase.halt("BTC-USD");
      assertThat(scenario.mdp("config", "check").requireCode(0).err())
          .contains("note: producers.coinbase.symbols: 'BTC-USD' does not trade at coinbase now")
          .contains("note: producers.kraken.symbols are not looked up: cannot connect to");
    }
  }

  private void awaitLive(int producers) {
    scenario.await(
        "SELECT count(DISTINCT provider) FROM feed_states WHERE state = 'live'",
        Integer.toString(producers),
        PATIENCE);
  }

  private static FakeVenue venue(VenueKind kind, Tape tape, VenueScript script) {
    return new FakeVenue(kind, tape, script).start();
  }

  private static String producer(String name, VenueKind kind, FakeVenue venue, String symbol) {
    return "  %s: { type: %s, symbols: [\"%s\"], socket_url: \"%s\", rest_url: \"%s\" }"
        .formatted(
            name, kind.name().toLowerCase(Locale.ROOT), symbol, venue.wsUri(), venue.restUri());
  }

  private void configure(String... producers) {
    scenario.sections("producers:\n" + String.join("\n", producers) + "\n").datasets("");
  }
}
