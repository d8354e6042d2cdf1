package dev.mdp.bus.codec;

import dev.mdp.bus.codec.PredictedLayout.Value;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import org.jspecify.annotations.Nullable;

/// The tick that is being read along a layout: its values as far as they were found. Used again for
/// the next one. One thread.
final class PredictedTick {
  private final Vocabulary vocabulary;
  private final TimestampParser times;
  private final PredictedNumbers numbers = new PredictedNumbers();
  private @Nullable String provider;
  private @Nullable Symbol symbol;
  private String lane = MarketEvent.LIVE;
  private long srcMicros;
  private long ingestMicros;
  private boolean ingested;

  PredictedTick(Vocabulary vocabulary, TimestampParser times) {
    this.vocabulary = vocabulary;
    this.times = times;
  }

  /// Reads the values of an entry; returns whether it is exactly as the layout says.
  boolean follow(PredictedLayout layout, byte[] data, int from, int to) {
    clear();
    Literal[] literals = layout.literals;
    Value[] values = layout.values;
    int at = from;
    for (int i = 0; i < values.length; i++) {
      Literal literal = literals[i];
      if (!literal.matches(data, at, to)) {
        return false;
      }
      at = value(values[i], data, at + literal.length(), to);
      if (at < 0) {
        return false;
      }
    }
    Literal tail = literals[values.length];
    return at + tail.length() == to && tail.matches(data, at, to);
  }

  /// The tick that was read; null when its layout has no provider or no symbol.
  @Nullable Tick tick() {
    if (provider == null || symbol == null) {
      return null;
    }
    return new Tick(
        provider,
        lane,
        symbol,
        srcMicros,
        numbers.seq(),
        numbers.price(),
        numbers.size(),
        numbers.bid(),
        numbers.ask(),
        ingested ? ingestMicros : srcMicros);
  }

  private void clear() {
    lane = MarketEvent.LIVE;
    ingested = false;
    numbers.clear();
  }

  /// Reads one value; returns where it ends, or -1 when it is not as predicted.
  private int value(Value value, byte[] data, int at, int to) {
    return switch (value) {
      case PROVIDER -> provider(data, at, to);
      case SYMBOL -> symbol(data, at, to);
      case LANE -> lane(data, at, to);
      case SRC_TS -> srcTime(data, at, to);
      case INGEST_TS -> ingestTime(data, at, to);
      case PRICE -> numbers.readPrice(data, at, to);
      case SIZE -> numbers.readSize(data, at, to);
      case BID -> numbers.readBid(data, at, to);
      case ASK -> numbers.readAsk(data, at, to);
      case OTHER_NUMBER -> numbers.skip(data, at, to);
      case SEQ -> numbers.readSeq(data, at, to);
      case OTHER_TEXT -> Words.closingQuote(data, at, to);
    };
  }

  private int provider(byte[] data, int at, int to) {
    int quote = Words.closingQuote(data, at, to);
    provider = quote < 0 ? null : vocabulary.name(data, at, quote - at);
    return provider == null ? -1 : quote;
  }

  private int symbol(byte[] data, int at, int to) {
    int quote = Words.closingQuote(data, at, to);
    symbol = quote < 0 ? null : vocabulary.symbol(data, at, quote - at);
    return symbol == null ? -1 : quote;
  }

  private int lane(byte[] data, int at, int to) {
    int quote = Words.closingQuote(data, at, to);
    if (quote == at) {
      return quote;
    }
    String name = quote < 0 ? null : vocabulary.name(data, at, quote - at);
    if (name == null) {
      return -1;
    }
    lane = name;
    return quote;
  }

  private int srcTime(byte[] data, int at, int to) {
    srcMicros = times.parse(data, at, to);
    return srcMicros == TimestampParser.INVALID ? -1 : times.end();
  }

  private int ingestTime(byte[] data, int at, int to) {
    ingestMicros = times.parse(data, at, to);
    ingested = true;
    return ingestMicros == TimestampParser.INVALID ? -1 : times.end();
  }
}
