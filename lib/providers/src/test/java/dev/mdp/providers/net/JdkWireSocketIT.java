package dev.mdp.providers.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.providers.net.RawVenue.Peer;
import dev.mdp.providers.net.RawVenue.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdkWireSocketIT {
  private final Heard heard = new Heard();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    over.countDown();
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  /// A venue that accepts, does this, and notes what comes until the test is over.
  private WireSocket connect(RawVenue.Script script) throws IOException {
    RawVenue venue =
        new RawVenue(peer -> {
          peer.accept();
          script.run(peer);
          while (over.getCount() > 0) {
            received.add(peer.read());
          }
        });
    opened.add(venue);
    HttpClients direct = new HttpClients(new ProxyChoice(Map.of(), null), Resolver.system(), null);
    JdkConnector connector = new JdkConnector(direct, Duration.ofSeconds(10), Clock.systemUTC());
    WireSocket socket = connector.connect(venue.uri(), heard);
    opened.add(() -> socket.close("over"));
    return socket;
  }

  private Received received() throws InterruptedException {
    Received next = received.poll(15, TimeUnit.SECONDS);
    assertThat(next).as("received within 15 s").isNotNull();
    return next;
  }

  @Test
  void hearsMessagesHoweverTheyAreCut() throws Exception {
    WireSocket socket =
        connect(peer -> {
          peer.text("whole");
          peer.raw(Peer.frame(RawVenue.TEXT, false, "in "));
          peer.raw(Peer.frame(0, false, "three "));
          peer.raw(Peer.frame(RawVenue.PING, true, "between"));
          peer.raw(Peer.frame(0, true, "frames"));
          ByteArrayOutputStream glued = new ByteArrayOutputStream();
          for (int i = 0; i < 100; i++) {
            glued.writeBytes(Peer.frame(RawVenue.TEXT, true, "glued " + i));
          }
          peer.raw(glued.toByteArray());
          for (byte each : Peer.frame(RawVenue.TEXT, true, "byte by byte: 币安人生 é")) {
            peer.raw(new byte[] {each});
          }
          byte[] umlaut = "ü".getBytes(StandardCharsets.UTF_8);
          peer.raw(Peer.frame(RawVenue.TEXT, false, Arrays.copyOf(umlaut, 1)));
          peer.raw(Peer.frame(0, true, Arrays.copyOfRange(umlaut, 1, 2)));
          peer.text("");
          peer.text("end");
        });
    socket.begin();

    assertThat(heard.next()).isEqualTo("text whole");
    assertThat(heard.next()).isEqualTo("ping");
    assertThat(heard.next()).isEqualTo("text in three frames");
    for (int i = 0; i < 100; i++) {
      assertThat(heard.next()).isEqualTo("text glued " + i);
    }
    assertThat(heard.next()).isEqualTo("text byte by byte: 币安人生 é");
    assertThat(heard.next()).isEqualTo("text ü");
    assertThat(heard.next()).isEqualTo("text ");
    assertThat(heard.next()).isEqualTo("text end");
    assertThat(received()).isEqualTo(new Received(RawVenue.PONG, "between"));
  }

  @Test
  void hearsAMessageOfAMegabyte() throws Exception {
    String large = "0123456789abcdef".repeat(1 << 16);
    WireSocket socket =
        connect(peer -> {
          peer.text(large);
          peer.raw(Peer.frame(RawVenue.TEXT, false, large));
          peer.raw(Peer.frame(0, true, large));
        });
    socket.begin();

    assertThat(heard.next()).isEqualTo("text " + large);
    assertThat(heard.next()).isEqualTo("text " + large + large);
  }

  @Test
  void hearsNothingBeforeItBegins() throws Exception {
    WireSocket socket =
        connect(peer -> {
          peer.text("early");
          assertThat(peer.read()).isEqualTo(new Received(RawVenue.TEXT, "sent"));
          peer.text("late");
        });

    socket.send("sent");
    assertThat(heard.now()).isNull();
    socket.begin();

    assertThat(heard.next()).isEqualTo("text early");
    assertThat(heard.next()).isEqualTo("text late");
  }

  @Test
  void answersPingsWithTheirPayload() throws Exception {
    WireSocket socket =
        connect(peer -> {
          for (int i = 0; i < 3; i++) {
            peer.raw(Peer.frame(RawVenue.PING, true, "1772460000" + i));
            received.add(peer.read());
          }
          peer.raw(Peer.frame(RawVenue.PONG, true, "unasked"));
        });
    socket.begin();

    for (int i = 0; i < 3; i++) {
      assertThat(received()).isEqualTo(new Received(RawVenue.PONG, "1772460000" + i));
      assertThat(heard.next()).isEqualTo("ping");
    }
    assertThat(heard.next()).isEqualTo("pong");
  }

  @Test
  void sendsInOrder() throws Exception {
    WireSocket socket = connect(_ -> {});
    socket.begin();

    for (int i = 0; i < 500; i++) {
      socket.send("message " + i);
    }

    for (int i = 0; i < 500; i++) {
      assertThat(received()).isEqualTo(new Received(RawVenue.TEXT, "message " + i));
    }
  }

  @Test
  void hearsWhyTheVenueClosed() throws Exception {
    WireSocket socket = connect(peer -> peer.raw(Peer.closeFrame(1008, "subscribe within 5 s")));
    socket.begin();

    assertThat(heard.next()).isEqualTo("closed 1008 subscribe within 5 s");
    assertThat(received().opcode()).isEqualTo(RawVenue.CLOSE);
  }

  @Test
  void hearsAnEndWithoutACloseFrame() throws Exception {
    WireSocket socket = connect(Peer::hangUp);
    socket.begin();

    assertThat(heard.next()).isEqualTo("closed 1006 ");
  }

  @Test
  void hearsAResetInTheMiddleOfAFrame() throws Exception {
    CountDownLatch heardFirst = new CountDownLatch(1);
    WireSocket socket =
        connect(peer -> {
          peer.text("first");
          byte[] frame = Peer.frame(RawVenue.TEXT, true, "never whole");
          peer.raw(Arrays.copyOf(frame, frame.length / 2));
          heardFirst.await();
          peer.reset();
        });
    socket.begin();

    assertThat(heard.next()).isEqualTo("text first");
    heardFirst.countDown();
    assertThat(heard.next()).startsWith("failed the connection broke: ");
  }

  @Test
  void aBinaryMessageIsNotReadAndEndsNothing() throws Exception {
    WireSocket socket =
        connect(peer -> {
          peer.raw(Peer.frame(RawVenue.BINARY, true, "x"));
          peer.text("after");
        });
    socket.begin();

    assertThat(heard.next()).startsWith("unreadable a binary message");
    assertThat(heard.next()).isEqualTo("text after");
  }

  @Test
  void textThatIsNoUtf8EndsTheConnection() throws Exception {
    WireSocket socket =
        connect(peer -> peer.raw(Peer.frame(RawVenue.TEXT, true, new byte[] {'a', (byte) 0xff})));
    socket.begin();

    assertThat(heard.next()).startsWith("failed the connection broke: ");
  }

  @Test
  void aMessageWithoutEndEndsTheConnection() throws Exception {
    WireSocket socket =
        connect(peer -> {
          String part = "x".repeat(1 << 20);
          peer.raw(Peer.frame(RawVenue.TEXT, false, part));
          for (int i = 0; i < 8; i++) {
            peer.raw(Peer.frame(0, false, part));
          }
        });
    socket.begin();

    assertThat(heard.next())
        .isEqualTo("failed the venue sent a message of more than 8388608 characters");
    assertThat(received())
        .isEqualTo(
            new Received(
                RawVenue.CLOSE, "1000 the venue sent a message of more than 8388608 characters"));
  }

  @Test
  void closesWithAReasonAndHearsNothingMore() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    WireSocket socket =
        connect(peer -> {
          peer.text("first");
          received.add(peer.read());
          gone.countDown();
        });
    socket.begin();
    assertThat(heard.next()).isEqualTo("text first");

    socket.close("no symbol — wanted");
    socket.close("again");
    socket.send("too late");

    assertThat(received()).isEqualTo(new Received(RawVenue.CLOSE, "1000 no symbol ? wanted"));
    assertThat(gone.await(15, TimeUnit.SECONDS)).isTrue();
    assertThat(heard.now()).isNull();
  }

  @Test
  void closesThoughTheVenueReadsNothing() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    WireSocket socket =
        connect(peer -> {
          // Takes nothing, and notes only that the connection was ended.
          try {
            while (over.getCount() > 0) {
              peer.text("x".repeat(1 << 10));
              Thread.sleep(10);
            }
          } finally {
            closed.countDown();
          }
        });
    socket.begin();
    for (int i = 0; i < 100; i++) {
      socket.send("y".repeat(1 << 20));
    }

    socket.close("enough");

    assertThat(closed.await(15, TimeUnit.SECONDS)).isTrue();
  }
}
