package dev.mdp.testkit.venue;

import java.io.IOException;
import java.util.List;

/// Messages that say nothing, or are none, between the trades. One thread.
final class Noise {
  /// The first one stands for the venue's unknown message.
  private static final List<String> TEXTS =
      List.of("", "<html>502 Bad Gateway</html>", "[]", "{\"type\":", "null", "{}", "\uFEFF", "42");

  private final Session session;
  private final VenueStream stream;
  private int trades;
  private int next;

  Noise(Session session, VenueStream stream) {
    this.session = session;
    this.stream = stream;
  }

  void afterTrade() throws IOException {
    int every = session.script().noiseEvery;
    if (every > 0 && ++trades % every == 0) {
      String text = TEXTS.get(next++ % TEXTS.size());
      session.send(text.isEmpty() ? stream.unknownMessage() : text);
    }
  }
}
