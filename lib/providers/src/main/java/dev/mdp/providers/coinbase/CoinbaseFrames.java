package dev.mdp.providers.coinbase;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.providers.net.Frame;
import dev.mdp.providers.wire.CharNumbers;
import dev.mdp.providers.wire.ClockOffsets;
import dev.mdp.providers.wire.IsoMicros;
import dev.mdp.providers.wire.SymbolTable;
import dev.mdp.providers.wire.TradeDraft;
import dev.mdp.providers.wire.UnreadableException;
import dev.mdp.providers.wire.VenueJson;
import java.io.IOException;

/// Reads the messages of Coinbase's feed: `match` and `last_match` (the trade before the
/// subscription, as real as any), `heartbeat`, `subscriptions` and `error`. One thread.
final class CoinbaseFrames {
  private enum Type {
    NONE,
    TRADE,
    HEARTBEAT,
    SUBSCRIPTIONS,
    ERROR,
    OTHER
  }

  private final TradeDraft trade;
  private final IsoMicros times = new IsoMicros();
  private final ClockOffsets clock = new ClockOffsets();
  private final CoinbaseReplies replies;
  private Type type = Type.NONE;
  private long lastTradeId;

  CoinbaseFrames(SymbolTable symbols) {
    this.trade = new TradeDraft(Coinbase.PROVIDER, symbols);
    this.replies = new CoinbaseReplies(symbols);
  }

  void read(Frame frame, FeedListener into) {
    type = Type.NONE;
    lastTradeId = CharNumbers.NO_NUMBER;
    trade.begin();
    replies.begin();
    try (JsonParser parser = VenueJson.openObject(frame.chars(), frame.length())) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        read(name, parser);
        parser.skipChildren();
      }
      VenueJson.end(parser);
      if (type == Type.NONE) {
        throw new UnreadableException("it has no type");
      }
    } catch (IOException e) {
      into.notice(
          new FeedNotice.Unreadable(
              Coinbase.PROVIDER + ": " + VenueJson.why(e, frame.chars(), frame.length())));
      return;
    }
    handOn(frame, into);
  }

  private void read(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "type" -> type = type(parser);
      case "trade_id" -> trade.id(parser);
      case "product_id" -> trade.symbol(parser);
      case "price" -> trade.price(parser);
      case "size" -> trade.size(parser);
      case "time" -> trade.time(times.parse(parser));
      case "last_trade_id" -> lastTradeId = CharNumbers.whole(parser);
      case "message", "reason" -> replies.sentence(parser.getText());
      case "channels" -> replies.channels(parser);
      default -> {
        // a field that tells us nothing
      }
    }
  }

  private static Type type(JsonParser parser) throws IOException {
    if (VenueJson.isText(parser, "match") || VenueJson.isText(parser, "last_match")) {
      return Type.TRADE;
    }
    if (VenueJson.isText(parser, "heartbeat")) {
      return Type.HEARTBEAT;
    }
    if (VenueJson.isText(parser, "subscriptions")) {
      return Type.SUBSCRIPTIONS;
    }
    return VenueJson.isText(parser, "error") ? Type.ERROR : Type.OTHER;
  }

  private void handOn(Frame frame, FeedListener into) {
    switch (type) {
      case TRADE -> trade.handOn(frame.chars(), 0, frame.length(), frame.receivedMicros(), into);
      case HEARTBEAT -> heartbeat(frame, into);
      case SUBSCRIPTIONS -> replies.confirm(frame.receivedMicros(), into);
      case ERROR -> replies.refuse(into);
      case NONE, OTHER -> {
        // new types of messages come at any time, and none of them is a trade
      }
    }
  }

  /// 0 was sent as the last id for months, for products that had traded: it tells nothing.
  private void heartbeat(Frame frame, FeedListener into) {
    Symbol symbol = trade.symbol();
    if (symbol != null && lastTradeId > 0) {
      into.notice(new FeedNotice.Head(symbol, lastTradeId, frame.receivedMicros()));
    }
    clock.look(trade.micros(), frame.receivedMicros(), into);
  }
}
