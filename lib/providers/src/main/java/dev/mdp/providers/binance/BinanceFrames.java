package dev.mdp.providers.binance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.FeedNotice;
import dev.mdp.providers.net.Frame;
import dev.mdp.providers.wire.CharNumbers;
import dev.mdp.providers.wire.ClockOffsets;
import dev.mdp.providers.wire.SymbolTable;
import dev.mdp.providers.wire.TradeDraft;
import dev.mdp.providers.wire.UnreadableException;
import dev.mdp.providers.wire.VenueJson;
import java.io.IOException;

/// Reads Binance's messages: events, on their own or wrapped as a combined stream's, and answers to
/// requests. An event is what its own type says, whatever stream it came by. One thread.
final class BinanceFrames {
  private enum Event {
    NONE,
    TRADE,
    OTHER
  }

  private final BinanceStream stream;
  private final TradeDraft trade;
  private final ClockOffsets clock = new ClockOffsets();
  private final BinanceReplies replies;
  private Event event = Event.NONE;
  private boolean ofStream;
  private long sentMicros;

  BinanceFrames(BinanceStream stream, SymbolTable symbols, BinanceRequests requests) {
    this.stream = stream;
    this.trade = new TradeDraft(stream.provider, symbols);
    this.replies = new BinanceReplies(stream.provider, symbols, requests);
  }

  void read(Frame frame, FeedListener into) {
    event = Event.NONE;
    ofStream = false;
    sentMicros = CharNumbers.NO_TIME;
    trade.begin();
    replies.begin();
    try (JsonParser parser = VenueJson.openObject(frame.chars(), frame.length())) {
      readObject(parser);
      VenueJson.end(parser);
      requireSense();
    } catch (IOException e) {
      into.notice(
          new FeedNotice.Unreadable(
              stream.provider + ": " + VenueJson.why(e, frame.chars(), frame.length())));
      return;
    }
    handOn(frame, into);
  }

  /// Some streams' events have no type; what has a trade's id has to have one.
  private void requireSense() throws UnreadableException {
    if (event == Event.NONE && trade.id() >= 0) {
      throw new UnreadableException("an event with an id has no type");
    }
    if (event == Event.NONE && !ofStream && !replies.isReply()) {
      throw new UnreadableException("it is neither an event nor an answer");
    }
  }

  private void handOn(Frame frame, FeedListener into) {
    if (event == Event.TRADE) {
      clock.look(sentMicros, frame.receivedMicros(), into);
      trade.handOn(frame.chars(), 0, frame.length(), frame.receivedMicros(), into);
    } else if (event == Event.NONE && !ofStream) {
      replies.handOn(frame.receivedMicros(), into);
    }
  }

  private void readObject(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "stream" -> ofStream = true;
        case "data" -> {
          if (value == JsonToken.START_OBJECT) {
            readEvent(parser);
          }
        }
        case "result", "error", "id", "code", "msg" -> replies.read(name, parser);
        default -> readField(name, parser);
      }
      parser.skipChildren();
    }
  }

  private void readEvent(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      readField(name, parser);
      parser.skipChildren();
    }
  }

  /// The fields of an event that is not a trade mean something else, and nothing of it is used.
  private void readField(String name, JsonParser parser) throws IOException {
    if (event == Event.OTHER) {
      return;
    }
    switch (name) {
      case "e" -> event = VenueJson.isText(parser, stream.event) ? Event.TRADE : Event.OTHER;
      case "E" -> sentMicros = Binance.micros(parser);
      case "s" -> trade.symbol(parser);
      case "p" -> trade.price(parser);
      case "q" -> trade.size(parser);
      case "T" -> trade.time(Binance.micros(parser));
      default -> {
        if (name.equals(stream.idField)) {
          trade.id(parser);
        }
      }
    }
  }
}
