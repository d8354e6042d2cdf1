package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeVenueTest {
  private static final Tape TAPE =
      Tape.seeded(1).symbol("BTCUSDT", 20_000).symbol("ETHUSDT", 20_000).build();

  private final FakeVenue venue =
      new FakeVenue(VenueKind.BINANCE, TAPE, VenueScript.calm()).start();

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void playsUntilToldOtherwise() {
    venue.play(5_000);
    while (released() < 500) {
      Thread.onSpinWait();
    }
    venue.play(0);

    long then = released();
    venue.release(1);
    assertThat(released()).isEqualTo(then + 1);
  }

  private long released() {
    return venue.head("BTCUSDT") + venue.head("ETHUSDT");
  }

  @Test
  void releasesSoManyAndWaits() {
    assertThat(venue.release(100)).isEqualTo(100);
    assertThat(venue.head("BTCUSDT") + venue.head("ETHUSDT")).isEqualTo(100);
    venue.releaseAll();
    assertThat(venue.head("ETHUSDT")).isEqualTo(20_000);
    assertThat(venue.release(100)).isZero();
  }

  @Test
  void droppedClientComesBackAndGetsWhatIsReleasedThen() throws Exception {
    try (SocketClient client = connect()) {
      venue.release("BTCUSDT", 1);
      client.next();
      venue.dropConnections();
      client.end();
    }
    venue.release("BTCUSDT", 5);
    try (SocketClient client = connect()) {
      venue.release("BTCUSDT", 6);

      assertThat(TestJson.number(client.nextJson(), "data", "t")).isEqualTo(6);
      assertThat(venue.log().connects())
          .extracting(VenueLog.Connect::connection)
          .containsExactly(1, 2);
    }
  }

  @Test
  void outageEndsEverythingUntilItIsOver() throws Exception {
    RestTester rest = new RestTester(venue);
    try (SocketClient client = connect()) {
      venue.outage(true);

      assertThat(client.end()).isNotEmpty();
      assertThatThrownBy(() -> rest.get("/api/v3/time")).isInstanceOf(IOException.class);
      assertThatThrownBy(this::connect).hasCauseInstanceOf(IOException.class);
    }
    venue.outage(false);
    assertThat(rest.get("/api/v3/time").statusCode()).isEqualTo(200);
  }

  @Test
  void resetBeginsAgainWithOtherIds() throws Exception {
    venue.release("BTCUSDT", 500);
    try (SocketClient client = connect()) {
      venue.reset(Tape.seeded(2).symbol("BTCUSDT", 10).build());
      client.end();
    }
    try (SocketClient client = connect()) {
      venue.release("BTCUSDT", 1);

      assertThat(TestJson.number(client.nextJson(), "data", "t")).isEqualTo(1);
    }
  }

  @Test
  void twoConnectionsGetTheSame() throws Exception {
    try (SocketClient one = connect();
        SocketClient other = connect()) {
      venue.release("BTCUSDT", 3_000);

      for (int id = 1; id <= 3_000; id++) {
        assertThat(TestJson.number(one.nextJson(), "data", "t")).isEqualTo(id);
        assertThat(TestJson.number(other.nextJson(), "data", "t")).isEqualTo(id);
      }
    }
  }

  @Test
  void equalSeedsGiveEqualSessions() throws Exception {
    assertThat(session(3)).isEqualTo(session(3));
  }

  @Test
  void givenTradesAreServedAsTheyAre() throws Exception {
    Trade trade =
        Trade.of(
            3_735_683_259L,
            java.time.Instant.ofEpochMilli(1_723_161_255_342L),
            "61837.63000000",
            "0.02000000",
            true);
    try (FakeVenue other =
            new FakeVenue(
                    VenueKind.BINANCE,
                    Tape.of(Map.of("BTCUSDT", List.of(trade))),
                    VenueScript.calm())
                .start();
        SocketClient client =
            SocketClient.of(URI.create(other.wsUri() + "/stream?streams=btcusdt@trade"))) {
      other.releaseAll();

      assertThat(client.next())
          .startsWith("{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":")
          .endsWith(
              ",\"s\":\"BTCUSDT\",\"t\":3735683259,\"p\":\"61837.63000000\",\"q\":\"0.02000000\","
                  + "\"T\":1723161255342,\"m\":true,\"M\":true}}");
    }
  }

  @Test
  void streamsAHundredThousandTradesInAFewSeconds() throws Exception {
    Tape tape = Tape.seeded(1).symbol("BTCUSDT", 100_000).build();
    try (FakeVenue other =
            new FakeVenue(
                    VenueKind.BINANCE, tape, VenueScript.calm().wire(wire -> wire.gathered(65_536)))
                .start();
        SocketClient client =
            SocketClient.of(URI.create(other.wsUri() + "/stream?streams=btcusdt@trade"))) {
      other.releaseAll();

      String last = "";
      for (int i = 0; i < 100_000; i++) {
        last = client.next();
      }
      assertThat(last).contains("\"t\":100000,");
    }
  }

  @Test
  void unstartedVenueSaysSo() {
    try (FakeVenue other = new FakeVenue(VenueKind.BINANCE, TAPE, VenueScript.calm())) {
      assertThatThrownBy(other::port).hasMessage("the venue has not been started");
    }
    assertThatThrownBy(venue::start).hasMessage("the venue has been started already");
  }

  private SocketClient connect() {
    return SocketClient.of(URI.create(venue.wsUri() + "/stream?streams=btcusdt@trade"));
  }

  /// The sizes of the frames of a hostile session.
  private static List<Integer> session(long seed) throws Exception {
    Tape tape = Tape.seeded(seed).symbol("BTC-USD", 200).build();
    VenueScript script =
        VenueScript.calm().seeded(seed).life(life -> life.heartbeats(Duration.ZERO)).stream(
                stream -> stream.dropEvery(7).noiseEvery(5))
            .wire(wire -> wire.fragments(40));
    List<Integer> sizes = new ArrayList<>();
    try (FakeVenue venue = new FakeVenue(VenueKind.COINBASE, tape, script).start();
        RawSocket client = new RawSocket(venue, "/")) {
      client.head();
      client.subscribe(
          "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"matches\"]}");
      venue.releaseAll();
      for (int i = 0; i < 1_000; i++) {
        sizes.add(client.frame().payload().length);
      }
    }
    return sizes;
  }
}
