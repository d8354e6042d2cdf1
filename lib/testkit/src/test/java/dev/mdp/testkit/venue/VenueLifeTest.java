package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How the venue begins, watches and ends connections.
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class VenueLifeTest {
  private static final Tape COINBASE = Tape.seeded(1).symbol("BTC-USD", 100).build();
  private static final Tape BINANCE = Tape.seeded(1).symbol("BTCUSDT", 100).build();
  private static final String SUBSCRIBE =
      "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"matches\"]}";

  private FakeVenue venue = coinbase(life -> life);

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void pingIsAnsweredWithItsPayload() throws Exception {
    binance(life -> life.pings(Duration.ofMillis(50)).pongWithin(Duration.ofMillis(400)));
    try (SocketClient client = SocketClient.of(stream())) {
      String payload = client.nextPing();
      client.nextPing();
      client.nextPing();

      assertThat(payload).matches("\\d{13}");
      assertThat(venue.log().messages(VenueLog.Kind.PONG))
          .extracting(VenueLog.Message::text)
          .contains(payload);
      Thread.sleep(600);
      assertThat(client.isOpen()).isTrue();
    }
  }

  @Test
  void pongWithAnotherPayloadDoesNotCount() throws Exception {
    binance(life -> life.pings(Duration.ofMillis(50)).pongWithin(Duration.ofMillis(200)));
    try (RawSocket client = new RawSocket(venue, "/stream?streams=btcusdt@trade")) {
      client.head();
      RawSocket.Frame frame = client.frame();
      while (frame.opcode() == 9) {
        client.send(10, "no" + frame.text());
        frame = client.frame();
      }

      assertThat(frame.opcode()).isEqualTo(8);
      assertThat(frame.text()).endsWith("Pong timeout");
      assertThat(venue.log().messages(VenueLog.Kind.PONG))
          .extracting(VenueLog.Message::text)
          .allMatch(text -> text.startsWith("no1"));
    }
  }

  @Test
  void clientWithoutASubscriptionIsCut() throws Exception {
    coinbase(life -> life.subscribeWithin(Duration.ofMillis(150)));
    try (SocketClient idle = SocketClient.of(venue.wsUri());
        SocketClient busy = SocketClient.of(venue.wsUri())) {
      busy.send(SUBSCRIBE);

      assertThat(idle.end()).isEqualTo("1006");
      assertThat(busy.isOpen()).isTrue();
      while (venue.log().endings().isEmpty()) {
        Thread.sleep(5);
      }
      assertThat(venue.log().endings().getFirst().byClient()).isFalse();
    }
  }

  @Test
  void secondConnectionIsClosedAtOnce() throws Exception {
    coinbase(LifeScript::singleConnection);
    try (SocketClient first = SocketClient.of(venue.wsUri())) {
      first.send(SUBSCRIBE);
      first.next();
      try (SocketClient second = SocketClient.of(venue.wsUri())) {
        assertThat(second.end()).isEqualTo("1008 connection limit exceeded");
      }
      venue.release("BTC-USD", 1);
      assertThat(first.next()).contains("\"match\"");
    }
  }

  @Test
  void subscribeIsAnsweredByACloseSoManyTimes() throws Exception {
    coinbase(life -> life.policyCloses(1));
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(SUBSCRIBE);
      assertThat(client.end()).isEqualTo("1008 Policy violation");
    }
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(SUBSCRIBE);
      assertThat(client.next()).contains("subscriptions");
    }
  }

  @Test
  void subscriptionByAddressIsClosedByPolicyToo() throws Exception {
    binance(life -> life.policyCloses(1));
    try (SocketClient client = SocketClient.of(stream())) {
      assertThat(client.end()).isEqualTo("1008 Policy violation");
    }
  }

  @Test
  void tooManyMessagesEndTheConnection() throws Exception {
    coinbase(life -> life.messageLimit(5, Duration.ofSeconds(1)));
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      for (int i = 0; i < 5; i++) {
        client.ping("x");
      }
      client.send(SUBSCRIBE);

      assertThat(client.end()).isEqualTo("1008 Too many requests");
      assertThat(venue.log().mostMessages(Duration.ofSeconds(1))).isEqualTo(6);
    }
  }

  @Test
  void tooManyConnectsAreRefused() throws Exception {
    coinbase(life -> life.connectLimit(2, Duration.ofMinutes(5)));
    try (SocketClient _ = SocketClient.of(venue.wsUri());
        SocketClient _ = SocketClient.of(venue.wsUri());
        RawSocket third = new RawSocket(venue, "/")) {

      assertThat(third.head()).startsWith("HTTP/1.1 429 ").contains("Retry-After: 300");
      assertThat(venue.log().mostConnects(Duration.ofMinutes(5))).isEqualTo(3);
      assertThat(venue.log().connects().getLast().isRefused()).isTrue();
    }
  }

  @Test
  void handshakeMayNeverBeAnswered() throws Exception {
    coinbase(life -> life.deafConnects(1));
    try (RawSocket first = new RawSocket(venue, "/")) {
      first.patience(200);

      assertThatThrownBy(first::head).isInstanceOf(java.net.SocketTimeoutException.class);
    }
    try (SocketClient second = SocketClient.of(venue.wsUri())) {
      assertThat(second.isOpen()).isTrue();
    }
  }

  @Test
  void oldConnectionIsAnnouncedAndClosed() throws Exception {
    binance(life -> life.maxAge(Duration.ofMillis(400), Duration.ofMillis(200)));
    try (SocketClient client = SocketClient.of(stream())) {
      assertThat(client.next()).contains("serverShutdown");
      assertThat(client.end()).isEqualTo("1001 Going away");
    }
  }

  @Test
  void wrongAddressIsNotFound() throws Exception {
    try (RawSocket client = new RawSocket(venue, "/v2")) {
      assertThat(client.head()).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void closeOfTheClientIsAnswered() throws Exception {
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(SUBSCRIBE);
      client.next();
      client.finish();

      assertThat(client.end()).isEqualTo("1000");
      while (venue.log().endings().isEmpty()) {
        Thread.sleep(5);
      }
      assertThat(venue.log().endings().getFirst().byClient()).isTrue();
      assertThat(venue.log().messages(VenueLog.Kind.CLOSE))
          .extracting(VenueLog.Message::text)
          .containsExactly("bye");
    }
  }

  private URI stream() {
    return URI.create(venue.wsUri() + "/stream?streams=btcusdt@trade");
  }

  private FakeVenue coinbase(UnaryOperator<LifeScript> life) {
    return restart(VenueKind.COINBASE, COINBASE, life);
  }

  private void binance(UnaryOperator<LifeScript> life) {
    restart(VenueKind.BINANCE, BINANCE, life);
  }

  private FakeVenue restart(VenueKind kind, Tape tape, UnaryOperator<LifeScript> life) {
    if (venue != null) {
      venue.close();
    }
    venue = new FakeVenue(kind, tape, VenueScript.calm().life(life)).start();
    return venue;
  }
}
