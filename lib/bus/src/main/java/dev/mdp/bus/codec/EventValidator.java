package dev.mdp.bus.codec;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import org.jspecify.annotations.Nullable;

/// Decides what raw fields are: an event, or nothing and why. The order of the checks is fixed, so
/// that the same entry always has the same reason. One thread.
final class EventValidator {
  private final Vocabulary vocabulary;
  private final TimestampParser times;
  private @Nullable Rejection rejection;

  EventValidator(Vocabulary vocabulary, TimestampParser times) {
    this.vocabulary = vocabulary;
    this.times = times;
  }

  /// Why the last classified fields are not an event.
  @Nullable Rejection rejection() {
    return rejection;
  }

  /// The event, or null when there is none.
  @Nullable MarketEvent validate(RawFields fields) {
    String provider = provider(fields);
    try {
      return event(fields, provider);
    } catch (BadFieldException e) {
      rejection =
          new Rejection(
              provider == null ? Delivery.Malformed.UNKNOWN_PROVIDER : provider,
              e.reason,
              e.detail);
      return null;
    }
  }

  /// The provider as far as the fields tell a valid one.
  @Nullable String provider(RawFields fields) {
    String text = fields.text(WireField.PROVIDER);
    return text == null ? null : vocabulary.name(text);
  }

  private MarketEvent event(RawFields fields, @Nullable String provider) throws BadFieldException {
    if (both(fields, WireField.CLOSE, WireField.PRICE)
        || both(fields, WireField.VOLUME, WireField.SIZE)) {
      throw new BadFieldException(
          DeadLetter.MALFORMED, "a field is there twice, as c and price or as v and size");
    }
    if (!fields.isVersionOne()) {
      throw new BadFieldException(DeadLetter.UNKNOWN_VERSION, "ver is not 1");
    }
    String kind = kind(fields);
    if (provider == null) {
      throw bad(fields, WireField.PROVIDER, DeadLetter.BAD_PROVIDER, "a name like ibkr_primary");
    }
    return switch (kind) {
      case "tick" -> tick(fields, provider);
      case "bar" -> bar(fields, provider);
      case "end" -> new LaneEnd(provider, lane(fields));
      default ->
          throw new BadFieldException(
              DeadLetter.UNKNOWN_KIND,
              "kind is '" + JsonEventReader.shortened(kind) + "', not tick, bar or end");
    };
  }

  private static boolean both(RawFields fields, WireField field, WireField alias) {
    return fields.has(field) && fields.has(alias);
  }

  private static String kind(RawFields fields) throws BadFieldException {
    if (fields.isWrong(WireField.KIND)) {
      throw new BadFieldException(DeadLetter.UNKNOWN_KIND, "kind is not a text");
    }
    String kind = fields.text(WireField.KIND);
    return kind == null ? "tick" : kind;
  }

  private Tick tick(RawFields fields, String provider) throws BadFieldException {
    Symbol symbol = symbol(fields);
    String lane = lane(fields);
    long srcMicros = srcMicros(fields);
    double price = price(fields);
    double size = size(fields);
    optional(fields, WireField.OPEN);
    optional(fields, WireField.HIGH);
    optional(fields, WireField.LOW);
    double bid = optional(fields, WireField.BID);
    double ask = optional(fields, WireField.ASK);
    long seq = seq(fields);
    long ingestMicros = ingestMicros(fields, srcMicros);
    return new Tick(provider, lane, symbol, srcMicros, seq, price, size, bid, ask, ingestMicros);
  }

  private BarEvent bar(RawFields fields, String provider) throws BadFieldException {
    Symbol symbol = symbol(fields);
    String lane = lane(fields);
    Interval interval = interval(fields);
    long start = srcMicros(fields);
    if (interval.start(start) != start) {
      throw new BadFieldException(
          DeadLetter.BAD_TIME, "src_ts is not the start of a bar of " + interval);
    }
    double close = price(fields);
    double volume = fields.has(WireField.VOLUME) || fields.has(WireField.SIZE) ? size(fields) : 0.0;
    double open = required(fields, WireField.OPEN);
    double high = required(fields, WireField.HIGH);
    double low = required(fields, WireField.LOW);
    if (high < Math.max(open, close) || low > Math.min(open, close)) {
      throw new BadFieldException(
          DeadLetter.BAD_FIELD,
          "not l <= o, c <= h: o " + open + ", h " + high + ", l " + low + ", c " + close);
    }
    long seq = seq(fields);
    Bar bar =
        new Bar(
            provider,
            lane,
            symbol,
            interval,
            start,
            open,
            high,
            low,
            close,
            volume,
            Double.NaN,
            Bar.EXTERNAL);
    return new BarEvent(bar, seq, ingestMicros(fields, start));
  }

  private Symbol symbol(RawFields fields) throws BadFieldException {
    String text = fields.text(WireField.SYMBOL);
    Symbol symbol = text == null ? null : vocabulary.symbol(text);
    if (symbol == null) {
      throw bad(fields, WireField.SYMBOL, DeadLetter.BAD_SYMBOL, Symbol.GRAMMAR);
    }
    return symbol;
  }

  private String lane(RawFields fields) throws BadFieldException {
    if (!fields.has(WireField.LANE)) {
      return MarketEvent.LIVE;
    }
    String text = fields.text(WireField.LANE);
    String lane = text == null ? null : vocabulary.lane(text);
    if (lane == null) {
      throw bad(fields, WireField.LANE, DeadLetter.BAD_FIELD, "a name like replay-12");
    }
    return lane;
  }

  private static Interval interval(RawFields fields) throws BadFieldException {
    String text = fields.text(WireField.INTERVAL);
    if (text != null && text.length() <= 20) {
      try {
        return Interval.parse(text);
      } catch (IllegalArgumentException _) {
        // told below, with the field's name
      }
    }
    throw bad(
        fields,
        WireField.INTERVAL,
        DeadLetter.BAD_FIELD,
        "one like 1s, 5m or 1w (which begins on Monday)");
  }

  private long srcMicros(RawFields fields) throws BadFieldException {
    String text = fields.text(WireField.SRC_TS);
    long micros = text == null ? TimestampParser.INVALID : times.parse(text);
    if (micros == TimestampParser.INVALID) {
      throw bad(fields, WireField.SRC_TS, DeadLetter.BAD_TIME, "RFC 3339 from 1900 to 2199");
    }
    return micros;
  }

  /// When an event came in decides nothing: one that does not say so, or not in a way that can be
  /// read, is taken as if it came in when it happened.
  private long ingestMicros(RawFields fields, long srcMicros) {
    String text = fields.text(WireField.INGEST_TS);
    long micros = text == null ? TimestampParser.INVALID : times.parse(text);
    return micros == TimestampParser.INVALID ? srcMicros : micros;
  }

  private static double price(RawFields fields) throws BadFieldException {
    WireField field = fields.has(WireField.PRICE) ? WireField.PRICE : WireField.CLOSE;
    return finite(fields, field, DeadLetter.BAD_PRICE);
  }

  private static double size(RawFields fields) throws BadFieldException {
    WireField field = fields.has(WireField.SIZE) ? WireField.SIZE : WireField.VOLUME;
    if (!fields.has(field)) {
      return Tick.ABSENT;
    }
    double size = finite(fields, field, DeadLetter.BAD_SIZE);
    if (size < 0) {
      throw new BadFieldException(DeadLetter.BAD_SIZE, field.wireName + " is negative: " + size);
    }
    return size;
  }

  private static double optional(RawFields fields, WireField field) throws BadFieldException {
    return fields.has(field) ? finite(fields, field, DeadLetter.BAD_FIELD) : Tick.ABSENT;
  }

  private static double required(RawFields fields, WireField field) throws BadFieldException {
    return finite(fields, field, DeadLetter.BAD_FIELD);
  }

  private static double finite(RawFields fields, WireField field, String reason)
      throws BadFieldException {
    if (!fields.has(field) || fields.isWrong(field)) {
      throw bad(fields, field, reason, "a JSON number");
    }
    double value = fields.number(field);
    if (!Tick.isUsable(value)) {
      throw new BadFieldException(
          reason, field.wireName + " is " + value + " (want " + Tick.USABLE + ")");
    }
    return value;
  }

  private static long seq(RawFields fields) throws BadFieldException {
    if (!fields.seqIsUsable()) {
      throw bad(fields, WireField.SEQ, DeadLetter.BAD_FIELD, "a whole number of 64 bits");
    }
    if (!Tick.isUsableSeq(fields.seq())) {
      throw new BadFieldException(
          DeadLetter.BAD_FIELD, "seq is " + fields.seq() + " (want one more than that, or more)");
    }
    return fields.seq();
  }

  private static BadFieldException bad(
      RawFields fields, WireField field, String reason, String wanted) {
    String text = fields.text(field);
    String what =
        text != null
            ? " is '" + JsonEventReader.shortened(text) + "'"
            : fields.has(field) ? " is of another type" : " is missing";
    return new BadFieldException(reason, field.wireName + what + " (want " + wanted + ")");
  }

  /// Ends the validation at the first bad field; carries no stack, it is not an error of the
  /// program.
  private static final class BadFieldException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;
    private final String detail;

    BadFieldException(String reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
      this.detail = detail;
    }
  }
}
