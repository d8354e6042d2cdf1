package dev.mdp.providers.kraken;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.error.Printable;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.providers.wire.CharNumbers;
import dev.mdp.providers.wire.ClockOffsets;
import dev.mdp.providers.wire.IsoMicros;
import dev.mdp.providers.wire.SymbolTable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What Kraken answers to subscriptions, one message a symbol. One thread.
final class KrakenReplies {
  private static final Duration RATE_LIMITED = Duration.ofSeconds(10);

  /// What a later try may mend; everything else is refused for good.
  private static final List<String> PASSING =
      List.of(
          "unavailable", "timeout", "timed out", "busy", "internal", "try again", "maintenance");

  private final SymbolTable symbols;
  private final IsoMicros times = new IsoMicros();
  private final ClockOffsets clock = new ClockOffsets();
  private String method = "";
  private String error = "";
  private boolean success;
  private @Nullable Symbol symbol;
  private long sentMicros;

  KrakenReplies(SymbolTable symbols) {
    this.symbols = symbols;
  }

  void begin() {
    method = "";
    error = "";
    success = false;
    symbol = null;
    sentMicros = CharNumbers.NO_TIME;
  }

  void read(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "method" -> method = parser.getText();
      case "success" -> success = parser.currentToken() == JsonToken.VALUE_TRUE;
      case "error" -> error = parser.getText();
      case "symbol" -> symbol = symbols.get(parser);
      case "time_out" -> sentMicros = times.parse(parser);
      case "result" -> {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
          readResult(parser);
        }
      }
      default -> {
        // request ids, and when our request came
      }
    }
  }

  private void readResult(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("symbol")) {
        symbol = symbols.get(parser);
      }
      parser.skipChildren();
    }
  }

  /// Whether what was read is a reply at all.
  boolean isReply() {
    return !method.isEmpty() || !error.isEmpty();
  }

  void handOn(long receivedMicros, FeedListener into) {
    clock.look(sentMicros, receivedMicros, into);
    boolean subscribes = method.equals("subscribe");
    if (success) {
      Symbol known = symbol;
      if (known != null && subscribes) {
        into.notice(new FeedNotice.Live(known, receivedMicros));
      } else if (known != null && method.equals("unsubscribe")) {
        into.notice(new FeedNotice.NotLive(known, receivedMicros, "unsubscribed"));
      }
    } else if (subscribes || method.isEmpty()) {
      refuse(receivedMicros, into);
    }
  }

  private void refuse(long receivedMicros, FeedListener into) {
    String said = Printable.cut(Printable.text("kraken says: " + error), 300);
    String lower = error.toLowerCase(Locale.ROOT);
    Symbol known = symbol;
    List<Symbol> named = known == null ? symbols.namedIn(error) : List.of(known);
    if (lower.contains("rate") && (lower.contains("exceeded") || lower.contains("limit"))) {
      into.notice(new FeedNotice.RateLimited(RATE_LIMITED));
    } else if (lower.contains("already subscribed")) {
      named.forEach(s -> into.notice(new FeedNotice.Live(s, receivedMicros)));
    } else if (PASSING.stream().anyMatch(lower::contains)) {
      named.forEach(s -> into.notice(new FeedNotice.NotLive(s, receivedMicros, said)));
    } else if (named.isEmpty()) {
      into.notice(new FeedNotice.Unreadable(said));
    } else {
      named.forEach(s -> into.notice(new FeedNotice.Refused(Optional.of(s), said)));
    }
  }
}
