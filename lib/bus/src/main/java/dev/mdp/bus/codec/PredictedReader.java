package dev.mdp.bus.codec;

import dev.mdp.bus.codec.PredictedLayout.Value;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import org.jspecify.annotations.Nullable;

/// Reads ticks along layouts seen before. It never refuses an entry and never has an opinion of its
/// own: whatever is not exactly as predicted is left to the reference reader. One thread.
final class PredictedReader {
  private static final int LAYOUTS = 8;

  /// After this many misses in a row only every N-th is learned from: entries that look different
  /// every time must not cost twice.
  private static final int PATIENCE = 64;

  private final Vocabulary vocabulary;
  private final TimestampParser times;
  private final NumberParser numbers = new NumberParser();
  private final @Nullable PredictedLayout[] layouts = new @Nullable PredictedLayout[LAYOUTS];
  private int current;
  private int nextSlot;
  private int misses;

  private @Nullable String provider;
  private @Nullable Symbol symbol;
  private String lane = MarketEvent.LIVE;
  private long srcMicros;
  private long ingestMicros;
  private boolean ingested;
  private long seq;
  private double price;
  private double size;
  private double bid;
  private double ask;

  PredictedReader(Vocabulary vocabulary, TimestampParser times) {
    this.vocabulary = vocabulary;
    this.times = times;
  }

  /// The tick, or null when no layout fits.
  @Nullable Tick read(byte[] data, int from, int to) {
    for (int i = 0; i < LAYOUTS; i++) {
      int slot = (current + i) % LAYOUTS;
      PredictedLayout layout = layouts[slot];
      if (layout != null && follow(layout, data, from, to)) {
        current = slot;
        misses = 0;
        return tick();
      }
    }
    return null;
  }

  /// Remembers the layout of an entry that the reference reader took as a tick.
  void learn(byte[] data, int from, int to) {
    misses++;
    if (misses > PATIENCE && misses % PATIENCE != 0) {
      return;
    }
    PredictedLayout layout = LayoutLearner.learn(data, from, to);
    if (layout != null) {
      layouts[nextSlot] = layout;
      current = nextSlot;
      nextSlot = (nextSlot + 1) % LAYOUTS;
    }
  }

  private @Nullable Tick tick() {
    if (provider == null || symbol == null) {
      return null;
    }
    long taken = ingested ? ingestMicros : srcMicros;
    return new Tick(provider, lane, symbol, srcMicros, seq, price, size, bid, ask, taken);
  }

  private boolean follow(PredictedLayout layout, byte[] data, int from, int to) {
    lane = MarketEvent.LIVE;
    ingested = false;
    seq = 0;
    size = Tick.ABSENT;
    bid = Tick.ABSENT;
    ask = Tick.ABSENT;
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

  /// Reads one value; returns where it ends, or -1 when it is not as predicted.
  private int value(Value value, byte[] data, int at, int to) {
    return switch (value) {
      case PROVIDER -> provider(data, at, to);
      case SYMBOL -> symbol(data, at, to);
      case LANE -> lane(data, at, to);
      case SRC_TS -> srcTime(data, at, to);
      case INGEST_TS -> ingestTime(data, at, to);
      case PRICE -> finite(price = number(data, at, to));
      case SIZE -> (size = number(data, at, to)) >= 0 ? finite(size) : -1;
      case BID -> finite(bid = number(data, at, to));
      case ASK -> finite(ask = number(data, at, to));
      case OTHER_NUMBER -> finite(number(data, at, to));
      case SEQ -> seq(data, at, to);
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

  private double number(byte[] data, int at, int to) {
    return numbers.parse(data, at, to) + 0.0;
  }

  private int finite(double value) {
    return Tick.isUsable(value) ? numbers.end() : -1;
  }

  private int seq(byte[] data, int at, int to) {
    seq = numbers.parseLong(data, at, to);
    return numbers.end();
  }
}
