package dev.mdp.bench.nemesis;

import dev.mdp.core.event.EventId;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The account that a sender keeps: a line for each tick before it goes out, a line for the
/// acknowledgement of all ticks since the last one.
final class SentLine {
  /// When a tick was never acknowledged: its sender was killed first.
  static final long NEVER = 0;

  private SentLine() {}

  /// A tick that a sender tried to send.
  ///
  /// @param ackMicros when it was acknowledged, or [#NEVER]
  /// @param order counts up over all ticks of a sender, in the order of sending
  record Sent(
      String provider,
      String symbol,
      long micros,
      long seq,
      double price,
      double size,
      long ackMicros,
      long order) {
    boolean acknowledged() {
      return ackMicros != NEVER;
    }

    String id() {
      return EventId.of(provider, new Symbol(symbol), micros, seq);
    }
  }

  static String write(Tick tick) {
    return "i %s %s %d %d %s %s\n"
        .formatted(
            tick.provider(),
            tick.symbol(),
            tick.srcMicros(),
            tick.seq(),
            Double.toString(tick.price()),
            Double.toString(tick.size()));
  }

  static String acknowledged(long micros) {
    return "a " + micros + "\n";
  }

  /// Reads one process's account; a last line that was cut by a kill is left out: its tick was not
  /// sent yet.
  static void read(Path file, long firstOrder, Consumer<Sent> into) throws IOException {
    List<String[]> waiting = new ArrayList<>();
    long order = firstOrder;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      @Nullable String line;
      while ((line = in.readLine()) != null) {
        String[] words = line.split(" ");
        if (words[0].equals("a") && words.length == 2 && words[1].length() == 16) {
          order = hand(waiting, Long.parseLong(words[1]), order, into);
        } else if (words.length == 7) {
          waiting.add(words);
        }
      }
    }
    hand(waiting, NEVER, order, into);
  }

  private static long hand(
      List<String[]> waiting, long ackMicros, long firstOrder, Consumer<Sent> into) {
    long order = firstOrder;
    for (String[] words : waiting) {
      into.accept(
          new Sent(
              words[1],
              words[2],
              Long.parseLong(words[3]),
              Long.parseLong(words[4]),
              Double.parseDouble(words[5]),
              Double.parseDouble(words[6]),
              ackMicros,
              order++));
    }
    waiting.clear();
    return order;
  }
}
