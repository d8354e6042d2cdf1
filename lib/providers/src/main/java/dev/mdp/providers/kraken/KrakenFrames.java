package dev.mdp.providers.kraken;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.providers.net.Frame;
import dev.mdp.providers.wire.IsoMicros;
import dev.mdp.providers.wire.SymbolTable;
import dev.mdp.providers.wire.TradeBuffer;
import dev.mdp.providers.wire.TradeDraft;
import dev.mdp.providers.wire.UnreadableException;
import dev.mdp.providers.wire.VenueJson;
import java.io.IOException;

/// Reads Kraken's messages: those of the channel `trade`, each with one trade or several, and the
/// replies to subscriptions. Heartbeats, statuses and other channels say no more than that the
/// connection lives. One thread.
final class KrakenFrames {
  private enum Channel {
    NONE,
    TRADE,
    OTHER
  }

  private final TradeDraft trade;
  private final IsoMicros times = new IsoMicros();
  private final TradeBuffer trades = new TradeBuffer();
  private final KrakenReplies replies;
  private Channel channel = Channel.NONE;
  private boolean hasData;

  KrakenFrames(SymbolTable symbols) {
    this.trade = new TradeDraft(Kraken.PROVIDER, symbols);
    this.replies = new KrakenReplies(symbols);
  }

  void read(Frame frame, FeedListener into) {
    channel = Channel.NONE;
    hasData = false;
    trades.clear();
    replies.begin();
    try (JsonParser parser = VenueJson.openObject(frame.chars(), frame.length())) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        read(name, parser, frame);
        parser.skipChildren();
      }
      VenueJson.end(parser);
      requireSense();
    } catch (IOException e) {
      into.notice(
          new FeedNotice.Unreadable(
              Kraken.PROVIDER + ": " + VenueJson.why(e, frame.chars(), frame.length())));
      return;
    }
    if (channel == Channel.TRADE) {
      trades.handOn(into);
    } else if (channel == Channel.NONE) {
      replies.handOn(frame.receivedMicros(), into);
    }
  }

  private void requireSense() throws UnreadableException {
    if (channel == Channel.NONE && !replies.isReply()) {
      throw new UnreadableException("it has neither a channel nor a method");
    }
    if (channel == Channel.TRADE && !hasData) {
      throw new UnreadableException("it is of the channel trade and has no data");
    }
  }

  private void read(String name, JsonParser parser, Frame frame) throws IOException {
    switch (name) {
      case "channel" -> channel = VenueJson.isText(parser, "trade") ? Channel.TRADE : Channel.OTHER;
      case "data" -> {
        // what turns out to be of another channel is not handed on
        if (channel != Channel.OTHER && parser.currentToken() == JsonToken.START_ARRAY) {
          hasData = true;
          readTrades(parser, frame);
        }
      }
      default -> replies.read(name, parser);
    }
  }

  private void readTrades(JsonParser parser, Frame frame) throws IOException {
    while (VenueJson.nextElement(parser, JsonToken.START_OBJECT)) {
      int from = VenueJson.begin(parser);
      trade.begin();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        readField(name, parser);
        parser.skipChildren();
      }
      trade.handOn(frame.chars(), from, VenueJson.endOf(parser), frame.receivedMicros(), trades);
    }
  }

  private void readField(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "symbol" -> trade.symbol(parser);
      case "trade_id" -> trade.id(parser);
      case "price" -> trade.price(parser);
      case "qty" -> trade.size(parser);
      case "timestamp" -> trade.time(times.parse(parser));
      default -> {
        // side and order type are no part of a tick
      }
    }
  }
}
