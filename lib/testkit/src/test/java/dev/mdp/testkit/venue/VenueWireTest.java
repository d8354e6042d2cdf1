package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How messages lie in frames and packets.
class VenueWireTest {
  private static final Tape TAPE = Tape.seeded(1).symbol("BTC-USD", 1_000).build();
  private static final String SUBSCRIBE =
      "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"matches\"]}";

  private FakeVenue venue = restart(wire -> wire);

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void messageIsOneFrameUnlessTheScriptSaysOtherwise() throws Exception {
    try (RawSocket client = subscribed()) {
      venue.release("BTC-USD", 1);

      RawSocket.Frame frame = client.frame();

      assertThat(frame.last()).isTrue();
      assertThat(frame.opcode()).isEqualTo(1);
      assertThat(TestJson.number(TestJson.object(frame.text()), "trade_id")).isEqualTo(1);
    }
  }

  @Test
  void fragmentsBelongTogetherAndPingsComeBetween() throws Exception {
    restart(wire -> wire.fragments(7));
    try (RawSocket client = subscribed()) {
      venue.release("BTC-USD", 20);

      boolean pinged = false;
      for (int id = 1; id <= 20; id++) {
        StringBuilder text = new StringBuilder();
        RawSocket.Frame frame = client.frame();
        assertThat(frame.opcode()).isEqualTo(1);
        text.append(frame.text());
        while (!frame.last() || frame.opcode() == 9) {
          frame = client.frame();
          if (frame.opcode() == 9) {
            pinged = true;
          } else {
            assertThat(frame.opcode()).isZero();
            assertThat(frame.payload().length).isBetween(1, 7);
            text.append(frame.text());
          }
        }
        assertThat(TestJson.number(TestJson.object(text.toString()), "trade_id")).isEqualTo(id);
      }
      assertThat(pinged).isTrue();
    }
  }

  @Test
  void clientOfTheJdkPutsFragmentsAndSingleBytesTogether() throws Exception {
    for (UnaryOperator<WireScript> script :
        List.<UnaryOperator<WireScript>>of(
            wire -> wire.fragments(5),
            WireScript::singleBytes,
            wire -> wire.gathered(10_000),
            wire -> wire.fragments(9).singleBytes())) {
      restart(script);
      try (SocketClient client = SocketClient.of(venue.wsUri())) {
        client.send(SUBSCRIBE);
        client.next();
        venue.release("BTC-USD", 50);
        for (int id = 1; id <= 50; id++) {
          assertThat(TestJson.number(client.nextJson(), "trade_id")).isEqualTo(id);
        }
      }
    }
  }

  @Test
  void gatheredFramesComeInOnePacket() throws Exception {
    restart(wire -> wire.gathered(100_000));
    try (RawSocket client = subscribed()) {
      venue.release("BTC-USD", 100);

      assertThat(client.readAvailable(100_000)).isGreaterThan(10_000);
    }
  }

  @Test
  void bigMessagesAreOfTheWantedLength() throws Exception {
    restart(wire -> wire.big(3, 1 << 20));
    try (RawSocket client = subscribed()) {
      venue.release("BTC-USD", 4);

      assertThat(client.frame().payload().length).isLessThan(1_000);
      RawSocket.Frame big = client.frame();
      assertThat(big.payload()).hasSize(1 << 20);
      Map<?, ?> message = TestJson.object(big.text());
      assertThat(TestJson.number(message, "trade_id")).isEqualTo(2);
      assertThat(client.frame().payload().length).isLessThan(1_000);
    }
  }

  @Test
  void halfFrameIsFollowedByAReset() throws Exception {
    try (RawSocket client = subscribed()) {
      venue.inject(Fault.halfFrame());

      assertThatThrownBy(client::frame).isInstanceOf(IOException.class);
    }
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(SUBSCRIBE);
      client.next();
      venue.inject(Fault.halfFrame());

      assertThat(client.end()).isIn("SocketException", "IOException", "1006");
    }
  }

  private RawSocket subscribed() throws IOException {
    RawSocket client = new RawSocket(venue, "/");
    assertThat(client.head()).contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    client.subscribe(SUBSCRIBE);
    return client;
  }

  private FakeVenue restart(UnaryOperator<WireScript> wire) {
    if (venue != null) {
      venue.close();
    }
    VenueScript script =
        VenueScript.calm().life(life -> life.heartbeats(java.time.Duration.ZERO)).wire(wire);
    venue = new FakeVenue(VenueKind.COINBASE, TAPE, script).start();
    return venue;
  }
}
