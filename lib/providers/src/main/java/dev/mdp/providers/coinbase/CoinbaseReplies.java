package dev.mdp.providers.coinbase;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.error.Printable;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.providers.wire.SymbolTable;
import dev.mdp.providers.wire.VenueJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What Coinbase answers to subscriptions. One thread.
final class CoinbaseReplies {
  private static final Duration RATE_LIMITED = Duration.ofSeconds(10);

  private final SymbolTable symbols;
  private final List<Symbol> confirmed = new ArrayList<>();
  private String sentence = "";

  CoinbaseReplies(SymbolTable symbols) {
    this.symbols = symbols;
  }

  void begin() {
    confirmed.clear();
    sentence = "";
  }

  /// Takes a part of what an error says.
  void sentence(String part) {
    sentence = sentence.isEmpty() ? part : sentence + ": " + part;
  }

  /// Takes what is subscribed: the products of the channel `matches`.
  void channels(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        channel(parser);
      }
      parser.skipChildren();
    }
  }

  private void channel(JsonParser parser) throws IOException {
    List<Symbol> products = new ArrayList<>();
    boolean trades = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("name")) {
        trades = VenueJson.isText(parser, "matches");
      } else if (name.equals("product_ids") && value == JsonToken.START_ARRAY) {
        products(parser, products);
      }
      parser.skipChildren();
    }
    if (trades) {
      confirmed.addAll(products);
    }
  }

  private void products(JsonParser parser, List<Symbol> products) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        Symbol symbol = symbols.get(parser);
        if (symbol != null) {
          products.add(symbol);
        }
      }
      parser.skipChildren();
    }
  }

  /// Each time the venue lists all that is subscribed, so that those of earlier messages are
  /// confirmed again.
  void confirm(long receivedMicros, FeedListener into) {
    confirmed.forEach(symbol -> into.notice(new FeedNotice.Live(symbol, receivedMicros)));
  }

  void refuse(FeedListener into) {
    String said = Printable.cut(Printable.text("coinbase says: " + sentence), 300);
    List<Symbol> named = symbols.namedIn(sentence);
    String lower = sentence.toLowerCase(Locale.ROOT);
    if (lower.contains("rate limit") || lower.contains("too many")) {
      into.notice(new FeedNotice.RateLimited(RATE_LIMITED));
    } else if (!named.isEmpty()) {
      named.forEach(s -> into.notice(new FeedNotice.Refused(Optional.of(s), said)));
    } else if (lower.contains("failed to subscribe")) {
      into.notice(new FeedNotice.Refused(Optional.empty(), said));
    } else {
      into.notice(new FeedNotice.Unreadable(said));
    }
  }
}
