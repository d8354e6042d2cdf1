package dev.mdp.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mdp.testkit.venue.ConnectProxy;
import dev.mdp.testkit.venue.FakeVenue;
import dev.mdp.testkit.venue.LifeScript;
import dev.mdp.testkit.venue.RestFault;
import dev.mdp.testkit.venue.Tape;
import dev.mdp.testkit.venue.TlsFront;
import dev.mdp.testkit.venue.VenueCertificate;
import dev.mdp.testkit.venue.VenueKind;
import dev.mdp.testkit.venue.VenueScript;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `mdp producers test` against a venue that does as it should, and against those that do not.
class ProducersIT {
  private static final Tape TAPE =
      Tape.seeded(7).symbol("BTC-USD", 3_000).symbol("ETH-USD", 100).build();
  private static final VenueScript CALM = VenueScript.calm();

  private final Scenario scenario = Scenario.migrated();
  @TempDir Path folder;

  @AfterEach
  void close() {
    scenario.close();
  }

  @ParameterizedTest
  @CsvSource({"COINBASE, BTC-USD", "KRAKEN, BTC/USD", "BINANCE, BTCUSDT", "BINANCE_AGG, BTCUSDT"})
  void tenTradesTheClockAndTheHistoryAreShown(VenueKind kind, String symbol) {
    Tape tape = Tape.seeded(7).symbol(symbol, 3_000).build();
    try (FakeVenue venue = new FakeVenue(kind, tape, CALM).start()) {
      configure(kind, symbol, venue.wsUri(), venue.restUri());
      venue.play(50);

      JsonNode data = test(name(kind), "-o", "json").requireCode(0).json().get("data");

      assertThat(data.get("trades")).hasSize(10);
      assertThat(data.at("/trades/0/id").asLong()).isPositive();
      assertThat(data.get("confirmed").asBoolean()).isTrue();
      assertThat(data.get("listed").asText()).isEqualTo("yes");
      assertThat(data.get("history").asText()).startsWith("reachable, newest trade ");
      assertThat(Math.abs(data.get("clock_ahead_ms").asLong())).isLessThan(5_000);
    }
  }

  @Test
  void aQuietSymbolThatTheVenueConfirmedIsNoError() {
    try (FakeVenue venue = coinbase(CALM)) {
      configure(venue);

      Outcome outcome = test("coinbase", "--for", "2s").requireCode(0);

      assertThat(outcome.out())
          .containsPattern("confirmed +true")
          .contains("no trade came within 2.0 s, though the venue confirmed the symbol")
          .containsPattern("history +reachable, and has no trade");
    }
  }

  @Test
  void withoutADatabaseThereIsOneConnectionAndNoRequest() {
    try (FakeVenue venue = coinbase(CALM)) {
      configure(venue);
      venue.play(100);

      Outcome outcome =
          test("coinbase", "--set", "store.url=postgresql://127.0.0.1:1/none").requireCode(0);

      assertThat(outcome.err()).contains("note: without the database: ");
      assertThat(outcome.out()).containsPattern("history +not asked");
      assertThat(venue.log().requests()).isEmpty();
      assertThat(venue.log().connects()).hasSize(1);
    }
  }

  @Test
  void anUnknownSymbolIsNamedWithTheNearest() {
    try (FakeVenue venue = coinbase(CALM)) {
      configure(VenueKind.COINBASE, "BTC-USDD", venue.wsUri(), venue.restUri());

      assertThat(test("coinbase").requireCode(78).err())
          .contains(
              "producers.coinbase.symbols: coinbase has no symbol 'BTC-USDD' — did you mean"
                  + " 'BTC-USD'?");
      assertThat(test("coinbase", "--symbol", "ETH-USDD").requireCode(2).err())
          .contains("--symbol: coinbase has no symbol 'ETH-USDD' — did you mean 'ETH-USD'?");
      assertThat(venue.log().connects()).isEmpty();
    }
  }

  @Test
  void aProducerWithoutAVenueAndAnUnknownOneAreRefused() {
    assertThat(test("synthetic").requireCode(2).err()).contains("has no venue to connect to");
    assertThat(test("coinbse").requireCode(2).err())
        .contains("PRODUCER: unknown provider 'coinbse'")
        .contains("did you mean 'coinbase'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | check the key",
        "403 | check the key and its rights, and whether the venue serves this country",
        "451 | the venue does not serve this country",
      })
  void aRefusedHandshakeSaysWhatToDo(int status, String advice) {
    try (FakeVenue venue = coinbase(life(life -> life.refuseConnects(status)))) {
      configure(venue);

      Outcome outcome = test("coinbase", "-o", "json").requireCode(78);

      assertThat(outcome.json().at("/error/message").asText())
          .contains("answered " + status)
          .contains(advice);
      assertThat(outcome.json().at("/data/connected").asBoolean()).isFalse();
      assertThat(outcome.json().at("/data/listed").asText()).isEqualTo("yes");
    }
  }

  @Test
  void aHistoryThatIsRefusedIsAnErrorThoughTheStreamWorks() {
    try (FakeVenue venue = coinbase(CALM)) {
      configure(venue);
      venue.play(100);
      venue.failRest(RestFault.restricted());

      Outcome outcome = test("coinbase").requireCode(78);

      assertThat(outcome.err()).contains("the venue does not serve this country");
      assertThat(outcome.out()).contains("listed").contains("not known").contains("confirmed");
    }
  }

  @Test
  void aVenueThatWantsToBeLeftAloneIsLeftAlone() {
    try (FakeVenue venue = coinbase(life(life -> life.connectLimit(1, Duration.ofSeconds(90))))) {
      configure(venue);
      test("coinbase", "--for", "1s").requireCode(0);

      assertThat(test("coinbase").requireCode(69).err()).contains("left alone for 90 s");
      assertThat(venue.log().connects()).hasSize(2);
    }
  }

  @Test
  void aClockTenSecondsOffIsToldWhenTradesWouldBeRefused() {
    try (FakeVenue venue = coinbase(CALM.clock(Duration.ofSeconds(10)))) {
      configure(venue);
      assertThat(test("coinbase", "--for", "3s").requireCode(78).err())
          .containsPattern("the clock of coinbase is (9\\.\\d|10\\.\\d) s ahead of this machine's");
    }
    try (FakeVenue venue = coinbase(CALM.clock(Duration.ofSeconds(-10)))) {
      configure(venue);
      long ahead =
          test("coinbase", "--for", "3s", "-o", "json")
              .requireCode(0)
              .json()
              .at("/data/clock_ahead_ms")
              .asLong();
      assertThat(ahead).isBetween(-15_000L, -9_000L);
    }
  }

  @Test
  void aNameThatNoServerHasAndAPortThatNoOneListensToAreTold() {
    configure(
        VenueKind.COINBASE,
        "BTC-USD",
        URI.create("wss://venue.invalid"),
        URI.create("https://venue.invalid"));
    assertThat(test("coinbase").requireCode(69).err())
        .contains("no address is known of venue.invalid: check the name and this machine's DNS");

    configure(
        VenueKind.COINBASE,
        "BTC-USD",
        URI.create("ws://127.0.0.1:1"),
        URI.create("http://127.0.0.1:1"));
    assertThat(test("coinbase").requireCode(69).err()).contains("cannot connect to 127.0.0.1:1");
  }

  @Test
  void aCertificateThatNoOneVouchesForAndOneOfAnotherNameAreRefused() throws Exception {
    VenueCertificate other = VenueCertificate.of(folder, "other.example");
    try (FakeVenue venue = coinbase(CALM);
        TlsFront front = new TlsFront(venue, other, Duration.ZERO)) {
      configure(VenueKind.COINBASE, "BTC-USD", front.wsUri(), front.restUri());

      assertThat(test("coinbase").requireCode(78).err())
          .contains("the certificate of localhost is refused")
          .contains("no authority that this machine trusts signed it");
      assertThat(trusting(other, Map.of()).requireCode(78).err())
          .contains("the certificate of localhost is refused, it is for another name");
    }
  }

  @Test
  void aProxyIsUsedAndOneThatRefusesIsTold() throws Exception {
    VenueCertificate certificate = VenueCertificate.of(folder, "venue.example");
    try (FakeVenue venue = coinbase(CALM);
        TlsFront front = new TlsFront(venue, certificate, Duration.ZERO);
        ConnectProxy good = ConnectProxy.to(front.port());
        ConnectProxy bad = ConnectProxy.refusing(403)) {
      configure(
          VenueKind.COINBASE,
          "BTC-USD",
          URI.create("wss://venue.example"),
          URI.create("https://venue.example"));
      venue.play(100);

      assertThat(trusting(certificate, proxy(good)).requireCode(0).out())
          .containsPattern("history +reachable, newest trade");
      assertThat(trusting(certificate, proxy(bad)).requireCode(78).err())
          .contains("the proxy 127.0.0.1:" + bad.port() + " refuses a tunnel to venue.example");
    }
  }

  @Test
  void theListShowsWhatMayBeNamed() {
    configure(
        VenueKind.COINBASE,
        "BTC-USD",
        URI.create("wss://venue.example"),
        URI.create("https://venue.example"));

    assertThat(scenario.mdp("producers", "list", "-o", "jsonl").requireCode(0).jsonLines())
        .extracting(row -> row.get("name").asText(), row -> row.get("configured").asBoolean())
        .contains(
            org.assertj.core.groups.Tuple.tuple("coinbase", true),
            org.assertj.core.groups.Tuple.tuple("kraken", false),
            org.assertj.core.groups.Tuple.tuple("synthetic", true));
  }

  private static Map<String, String> proxy(ConnectProxy proxy) {
    return Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port());
  }

  /// In a process that trusts this certificate alone.
  private Outcome trusting(VenueCertificate certificate, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(
        "JAVA_TOOL_OPTIONS",
        "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
            .formatted(certificate.store(), certificate.password()));
    return scenario.child(all, "producers", "test", "coinbase").awaitEnd();
  }

  private Outcome test(String... args) {
    String[] all = new String[args.length + 2];
    all[0] = "producers";
    all[1] = "test";
    System.arraycopy(args, 0, all, 2, args.length);
    return scenario.mdp(all);
  }

  private static FakeVenue coinbase(VenueScript script) {
    return new FakeVenue(VenueKind.COINBASE, TAPE, script).start();
  }

  private static VenueScript life(UnaryOperator<LifeScript> change) {
    return CALM.life(change);
  }

  private void configure(FakeVenue venue) {
    configure(VenueKind.COINBASE, "BTC-USD", venue.wsUri(), venue.restUri());
  }

  private void configure(VenueKind kind, String symbol, URI socket, URI rest) {
    scenario
        .sections(
            """
            producers:
              %s: { symbols: ["%s"], socket_url: "%s", rest_url: "%s" }
            """
                .formatted(name(kind), symbol, socket, rest))
        .datasets("");
  }

  private static String name(VenueKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
