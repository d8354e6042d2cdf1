package dev.mdp.bench;

import dev.mdp.core.event.Symbol;
import dev.mdp.providers.net.Frame;
import dev.mdp.providers.net.VenueDialect;
import dev.mdp.testkit.venue.FakeVenue;
import dev.mdp.testkit.venue.Tape;
import dev.mdp.testkit.venue.VenueKind;
import dev.mdp.testkit.venue.VenueScript;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The frames in which a venue's double sends trades. Its own socket is the JDK's; one thread.
final class FrameTape implements WebSocket.Listener {
  private static final int SECONDS = 20;

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final StringBuilder parts = new StringBuilder();

  private FrameTape() {}

  /// The frames of this many trades of a symbol, those beside trades left out.
  ///
  /// @param dialect for the address of the double
  /// @param mark what only frames with trades have in their text
  static List<Frame> of(
      VenueKind kind,
      String symbol,
      int trades,
      Function<FakeVenue, VenueDialect> dialect,
      String mark) {
    Tape tape = Tape.seeded(11).symbol(symbol, trades).build();
    FrameTape taken = new FrameTape();
    try (FakeVenue venue = new FakeVenue(kind, tape, VenueScript.calm()).start();
        HttpClient client = HttpClient.newHttpClient()) {
      VenueDialect talk = dialect.apply(venue);
      List<Symbol> symbols = List.of(Symbol.of(symbol));
      WebSocket socket =
          client.newWebSocketBuilder().buildAsync(talk.endpoint(symbols), taken).join();
      try {
        talk.subscribe(symbols).forEach(text -> socket.sendText(text, true).join());
        taken.awaitAnswer();
        venue.releaseAll();
        return taken.frames(trades, mark);
      } finally {
        socket.abort(); // else the client waits for it
      }
    }
  }

  /// What is released before the venue has confirmed is not sent.
  private void awaitAnswer() {
    String text = next();
    while (!text.contains("\"subscri")
        && !text.contains("\"method\"")
        && !text.contains("result")) {
      text = next();
    }
  }

  private List<Frame> frames(int trades, String mark) {
    List<Frame> frames = new ArrayList<>();
    int found = 0;
    while (found < trades) {
      String text = next();
      int count = text.split(mark, -1).length - 1;
      if (count > 0) {
        char[] chars = text.toCharArray();
        frames.add(new Frame(chars, chars.length, 0));
        found += count;
      }
    }
    return frames;
  }

  private String next() {
    try {
      String text = texts.poll(SECONDS, TimeUnit.SECONDS);
      if (text == null) {
        throw new IllegalStateException("the venue says nothing");
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    parts.append(data);
    if (last) {
      texts.add(parts.toString());
      parts.setLength(0);
    }
    socket.request(1);
    return CompletableFuture.completedFuture(data);
  }
}
