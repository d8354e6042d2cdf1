package dev.mdp.providers.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import dev.mdp.core.feed.FeedListener;
import dev.mdp.core.feed.UnusableTrade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One trade while its fields are read, in any order and from values of any type. Reused. One
/// thread.
///
/// What becomes of it is decided in a fixed order: the symbol, the id, the price, the size, the
/// time. A price of 0 or below is not a trade's at any venue here; a size of 0 may be.
public final class TradeDraft {
  private final String provider;
  private final SymbolTable symbols;
  private @Nullable Symbol symbol;
  private String foreignSymbol = "";
  private long id;
  private double price;
  private double size;
  private long micros;
  private int seen;

  public TradeDraft(String provider, SymbolTable symbols) {
    this.provider = provider;
    this.symbols = symbols;
    begin();
  }

  /// Begins a trade of a symbol that its fields tell.
  public void begin() {
    symbol = null;
    foreignSymbol = "";
    id = CharNumbers.NO_NUMBER;
    price = Double.NaN;
    size = Double.NaN;
    micros = CharNumbers.NO_TIME;
    seen = 0;
  }

  /// Begins a trade of this symbol.
  public void begin(Symbol known) {
    begin();
    symbol = known;
  }

  /// Takes the parser's value. Throws [UnreadableException] when the field was there before, as the
  /// other ones do: then no one can know which is right.
  public void symbol(JsonParser parser) throws IOException {
    see(1, "symbol");
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      symbol = symbols.get(parser);
      foreignSymbol = symbol == null ? parser.getText() : "";
    }
  }

  public void id(JsonParser parser) throws IOException {
    see(1 << 1, "id");
    id = CharNumbers.whole(parser);
  }

  public void price(JsonParser parser) throws IOException {
    see(1 << 2, "price");
    price = CharNumbers.decimal(parser);
  }

  public void size(JsonParser parser) throws IOException {
    see(1 << 3, "size");
    size = CharNumbers.decimal(parser);
  }

  /// Takes the event time, in microseconds since the epoch, or [CharNumbers#NO_TIME].
  public void time(long eventMicros) throws UnreadableException {
    see(1 << 4, "time");
    micros = eventMicros;
  }

  /// The id, or [CharNumbers#NO_NUMBER] as long as none was read.
  public long id() {
    return id;
  }

  /// The event time, or [CharNumbers#NO_TIME] as long as none was read.
  public long micros() {
    return micros;
  }

  /// The symbol; null as long as none of those asked for was read.
  public @Nullable Symbol symbol() {
    return symbol;
  }

  /// Hands it on as a trade, or as an unusable one with its characters. A trade of a symbol that no
  /// one asked for is passed over.
  ///
  /// @param raw holds the trade from `from` to `to`
  public void handOn(char[] raw, int from, int to, long receivedMicros, FeedListener into) {
    Symbol known = symbol;
    String reason = reason();
    if (known != null && reason.isEmpty()) {
      into.trade(tick(known, receivedMicros));
    } else if (known != null || !isForeign()) {
      String name = known == null ? foreignSymbol : known.value();
      OptionalLong number = id < 0 ? OptionalLong.empty() : OptionalLong.of(id);
      byte[] bytes = new String(raw, from, to - from).getBytes(StandardCharsets.UTF_8);
      into.unusable(new UnusableTrade(name, number, bytes, reason));
    }
  }

  private Tick tick(Symbol known, long receivedMicros) {
    String lane = MarketEvent.LIVE;
    double none = Tick.ABSENT;
    return new Tick(
        provider, lane, known, micros, id, price, size + 0.0, none, none, receivedMicros);
  }

  private boolean isForeign() {
    return Symbol.isCanonical(Symbol.canonical(foreignSymbol));
  }

  /// Why it cannot be used; empty when it can.
  private String reason() {
    if (symbol == null) {
      return DeadLetter.BAD_SYMBOL;
    }
    if (id < 0) {
      return DeadLetter.BAD_FIELD;
    }
    if (!(price > 0) || !Tick.isUsable(price)) {
      return DeadLetter.BAD_PRICE;
    }
    if (!(size >= 0) || !Tick.isUsable(size)) {
      return DeadLetter.BAD_SIZE;
    }
    return micros == CharNumbers.NO_TIME ? DeadLetter.BAD_TIME : "";
  }

  private void see(int field, String name) throws UnreadableException {
    if ((seen & field) != 0) {
      throw new UnreadableException("a trade has its " + name + " twice");
    }
    seen |= field;
  }
}
