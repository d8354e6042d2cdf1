package dev.mdp.providers.binance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.error.Printable;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.providers.wire.CharNumbers;
import dev.mdp.providers.wire.SymbolTable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What Binance answers to requests: `{"result": null, "id": 7}`, or an error with the id or
/// without one. One thread.
final class BinanceReplies {
  private static final Duration RATE_LIMITED = Duration.ofSeconds(60);

  private final String provider;
  private final SymbolTable symbols;
  private final BinanceRequests requests;
  private boolean reply;
  private boolean failed;
  private long id;
  private String message = "";

  BinanceReplies(String provider, SymbolTable symbols, BinanceRequests requests) {
    this.provider = provider;
    this.symbols = symbols;
    this.requests = requests;
  }

  void begin() {
    reply = false;
    failed = false;
    id = CharNumbers.NO_NUMBER;
    message = "";
  }

  void read(String name, JsonParser parser) throws IOException {
    reply = true;
    switch (name) {
      case "id" -> id = CharNumbers.whole(parser);
      case "error" -> {
        failed = true;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
          readError(parser);
        } else {
          say(parser.getText());
        }
      }
      case "code", "msg" -> {
        failed = true;
        say(parser.getText());
      }
      default -> {
        // the result of a subscription is null
      }
    }
  }

  private void readError(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      parser.nextToken();
      say(parser.getText());
      parser.skipChildren();
    }
  }

  private void say(String part) {
    message = message.isEmpty() ? part : message + ": " + part;
  }

  boolean isReply() {
    return reply;
  }

  void handOn(long receivedMicros, FeedListener into) {
    BinanceRequests.Request request = requests.answered(id);
    if (failed) {
      refuse(request == null ? List.of() : request.symbols(), receivedMicros, into);
    } else if (request != null) {
      requests.trust(request.symbols());
      request.symbols().forEach(symbol -> into.notice(done(request, symbol, receivedMicros)));
    }
  }

  private static FeedNotice done(
      BinanceRequests.Request request, Symbol symbol, long receivedMicros) {
    return request.subscribes()
        ? new FeedNotice.Live(symbol, receivedMicros)
        : new FeedNotice.NotLive(symbol, receivedMicros, "unsubscribed");
  }

  private void refuse(List<Symbol> asked, long receivedMicros, FeedListener into) {
    String said = Printable.cut(Printable.text(provider + ": Binance says: " + message), 300);
    List<Symbol> refused = asked.size() == 1 ? asked : symbols.namedIn(message);
    if (message.toLowerCase(Locale.ROOT).contains("too many")) {
      into.notice(new FeedNotice.RateLimited(RATE_LIMITED));
      return;
    }
    if (asked.isEmpty() && refused.isEmpty()) {
      into.notice(new FeedNotice.Unreadable(said));
      return;
    }
    refused.forEach(s -> into.notice(new FeedNotice.Refused(Optional.of(s), said)));
    List<Symbol> others = new ArrayList<>(asked);
    others.removeAll(refused);
    requests.suspect(others);
    others.forEach(s -> into.notice(new FeedNotice.NotLive(s, receivedMicros, said)));
  }
}
