package dev.mdp.testkit.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What goes wrong with the stream of trades.
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class VenueStreamTest {
  private static final Tape TAPE =
      Tape.seeded(1).symbol("BTC-USD", 1_000).symbol("ETH-USD", 1_000).build();

  private FakeVenue venue = restart(script -> script);

  @AfterEach
  void close() {
    venue.close();
  }

  @Test
  void droppedTradesAreMissingWhileHeartbeatsCountThem() throws Exception {
    restart(script -> script.stream(stream -> stream.dropEvery(5)));
    try (SocketClient client = subscribed("BTC-USD")) {
      venue.release("BTC-USD", 20);

      assertThat(ids(client, 16))
          .isEqualTo(LongStream.rangeClosed(1, 20).filter(id -> id % 5 != 0).boxed().toList());
      Map<?, ?> heartbeat = client.nextLike(message -> "heartbeat".equals(message.get("type")));
      assertThat(TestJson.number(heartbeat, "last_trade_id")).isEqualTo(20);
    }
  }

  @Test
  void skippedTradesAreMissingOnOneConnectionOnly() throws Exception {
    restart(script -> script.at("BTC-USD", 3, Fault.skip(4)));
    try (SocketClient client = subscribed("BTC-USD")) {
      venue.release("BTC-USD", 10);

      assertThat(ids(client, 6)).containsExactly(1L, 2L, 3L, 8L, 9L, 10L);
      Map<?, ?> heartbeat = client.nextLike(message -> "heartbeat".equals(message.get("type")));
      assertThat(TestJson.number(heartbeat, "last_trade_id")).isEqualTo(10);
    }
  }

  @Test
  void headsAreZeroWhereTheScriptSaysSo() throws Exception {
    restart(script -> script.stream(StreamScript::zeroHeads));
    venue.release("BTC-USD", 20);
    try (SocketClient client = subscribed("BTC-USD")) {
      Map<?, ?> heartbeat = client.nextLike(message -> "heartbeat".equals(message.get("type")));

      assertThat(TestJson.number(heartbeat, "last_trade_id")).isZero();
    }
  }

  @Test
  void noiseComesBetweenTheTrades() throws Exception {
    restart(script -> script.stream(stream -> stream.noiseEvery(2)));
    try (SocketClient client = subscribed("BTC-USD")) {
      venue.release("BTC-USD", 16);
      List<String> noise = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String text = client.next();
        if (!text.contains("\"match\"") && !text.contains("heartbeat")) {
          noise.add(text);
        }
      }

      assertThat(noise)
          .contains("[]", "null", "{}", "42", "{\"type\":")
          .anyMatch(text -> text.startsWith("<html>"))
          .anyMatch(text -> text.contains("auction_moved"));
    }
  }

  @Test
  void refusedSymbolIsUnknownToTheVenue() throws Exception {
    restart(script -> script.stream(stream -> stream.refuse("ETH-USD")));
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(subscribe("ETH-USD"));

      assertThat(client.nextJson().get("reason")).isEqualTo("ETH-USD is not a valid product");
    }
  }

  @Test
  void silentSymbolIsConfirmedAndNeverSent() throws Exception {
    restart(script -> script.stream(stream -> stream.silent("ETH-USD")));
    venue.release("ETH-USD", 3);
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(subscribe("ETH-USD"));
      assertThat(client.next()).contains("subscriptions");
      venue.release("ETH-USD", 9);

      assertThat(client.isQuietFor(400)).isTrue();
    }
  }

  @Test
  void streamMayHaveAnyPrice() throws Exception {
    restart(script -> script.stream(stream -> stream.price("BTC-USD", 2, "1e400")));
    try (SocketClient client = subscribed("BTC-USD")) {
      venue.release("BTC-USD", 2);
      client.next();

      assertThat(client.next()).contains("\"price\":\"1e400\"");
    }
  }

  @Test
  void plannedCloseComesRightAfterItsTradeAndOnce() throws Exception {
    restart(script -> script.at("BTC-USD", 10, Fault.close(1001, "bye")));
    try (SocketClient client = subscribed("BTC-USD")) {
      venue.release("BTC-USD", 20);

      assertThat(ids(client, 10)).endsWith(10L);
      assertThat(client.end()).isEqualTo("1001 bye");
      assertThat(client.isQuietFor(100)).isTrue();
    }
    try (SocketClient client = subscribed("BTC-USD")) {
      assertThat(TestJson.number(client.nextJson(), "last_trade_id")).isEqualTo(20);
      venue.release("BTC-USD", 30);
      assertThat(ids(client, 10)).isEqualTo(LongStream.rangeClosed(21, 30).boxed().toList());
    }
  }

  @Test
  void muteConnectionPingsAndSaysNothing() throws Exception {
    restart(script ->
        script.life(life -> life.pings(Duration.ofMillis(50))).at("BTC-USD", 3, Fault.mute()));
    try (SocketClient client = subscribed("BTC-USD")) {
      venue.release("BTC-USD", 10);
      assertThat(ids(client, 3)).endsWith(3L);

      assertThat(client.isQuietFor(400)).isTrue();
      client.nextPing();
      assertThat(client.isOpen()).isTrue();
    }
  }

  @Test
  void frozenConnectionStaysOpenWithoutEvenAPong() throws Exception {
    restart(script -> script.life(life -> life.pings(Duration.ofMillis(50))));
    try (RawSocket client = new RawSocket(venue, "/")) {
      client.head();
      assertThat(client.frame().opcode()).isEqualTo(9);
      venue.inject(Fault.freeze());
      client.patience(300);

      assertThatThrownBy(
              () -> {
                while (true) {
                  client.frame();
                }
              })
          .isInstanceOf(java.net.SocketTimeoutException.class);
      assertThat(venue.connections()).isEqualTo(1);
    }
  }

  @Test
  void cutConnectionIsReset() throws Exception {
    try (SocketClient client = subscribed("BTC-USD")) {
      venue.inject(Fault.cut());

      assertThat(client.end()).isIn("SocketException", "IOException", "1006");
      while (venue.log().endings().isEmpty()) {
        Thread.sleep(5);
      }
      assertThat(venue.log().endings().getFirst().byClient()).isFalse();
    }
  }

  @Test
  void vanishedSymbolStopsWithoutAWord() throws Exception {
    restart(script -> script.at("BTC-USD", 4, Fault.vanish("BTC-USD")));
    RestTester rest = new RestTester(venue);
    try (SocketClient client = subscribed("BTC-USD")) {
      venue.release("BTC-USD", 4);
      assertThat(ids(client, 4)).endsWith(4L);
      while (rest.get("/products/BTC-USD").statusCode() == 200) {
        Thread.onSpinWait();
      }
      venue.release("BTC-USD", 10);

      assertThat(venue.head("BTC-USD")).isEqualTo(4);
      assertThat(TestJson.each(rest.list("/products"), "id")).isEqualTo(List.of("ETH-USD"));
    }
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(subscribe("BTC-USD"));
      assertThat(client.nextJson().get("reason")).isEqualTo("BTC-USD is not a valid product");
      venue.resume("BTC-USD");
      client.send(subscribe("BTC-USD"));
      assertThat(client.next()).contains("last_match");
    }
  }

  @Test
  void haltedSymbolGoesOnWithTheNextId() throws Exception {
    try (SocketClient client = subscribed("BTC-USD")) {
      venue.release("BTC-USD", 2);
      venue.halt("BTC-USD");
      venue.release("BTC-USD", 4);
      assertThat(ids(client, 2)).endsWith(2L);
      venue.resume("BTC-USD");
      venue.release("BTC-USD", 3);

      assertThat(ids(client, 1)).containsExactly(3L);
    }
  }

  @Test
  void twoSymbolsKeepTheirOrderOfTime() throws Exception {
    try (SocketClient client = SocketClient.of(venue.wsUri())) {
      client.send(
          "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\",\"ETH-USD\"],\"channels\":[\"matches\"]}");
      client.next();
      venue.releaseAll();

      String before = "";
      for (int i = 0; i < 2_000; i++) {
        String time = client.nextJson().get("time").toString();
        assertThat(time).isGreaterThanOrEqualTo(before);
        before = time;
      }
    }
  }

  private SocketClient subscribed(String product) throws InterruptedException {
    SocketClient client = SocketClient.of(venue.wsUri());
    client.send(subscribe(product));
    client.nextLike(message -> "subscriptions".equals(message.get("type")));
    return client;
  }

  private static List<Long> ids(SocketClient client, int count) throws InterruptedException {
    List<Long> ids = new ArrayList<>();
    while (ids.size() < count) {
      ids.add(
          TestJson.number(
              client.nextLike(message -> "match".equals(message.get("type"))), "trade_id"));
    }
    return ids;
  }

  private static String subscribe(String product) {
    return "{\"type\":\"subscribe\",\"product_ids\":[\"%s\"],\"channels\":[\"matches\",\"heartbeat\"]}"
        .formatted(product);
  }

  private FakeVenue restart(UnaryOperator<VenueScript> change) {
    if (venue != null) {
      venue.close();
    }
    VenueScript script = VenueScript.calm().life(life -> life.heartbeats(Duration.ofMillis(200)));
    venue = new FakeVenue(VenueKind.COINBASE, TAPE, change.apply(script)).start();
    return venue;
  }
}
