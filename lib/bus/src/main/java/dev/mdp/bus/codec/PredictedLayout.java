package dev.mdp.bus.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order of fields that a tick had: literal, value, literal, value, …, literal. Names,
/// punctuation, white space and constant values (`"ver":1`, `"kind":"tick"`, nulls) are in the
/// literals. Immutable.
final class PredictedLayout {
  static final int MAX_VALUES = 32;

  /// How a value is read.
  enum Value {
    PROVIDER,
    LANE,
    SYMBOL,
    SRC_TS,
    INGEST_TS,
    PRICE,
    SIZE,
    BID,
    ASK,
    SEQ,
    /// A text that does not matter but must be one.
    OTHER_TEXT,
    /// A number that does not matter but must be a finite one.
    OTHER_NUMBER;

    /// Of a tick's field that was accepted as a text; null for a field of another name.
    static Value ofText(@Nullable WireField field) {
      if (field == null) {
        return OTHER_TEXT;
      }
      return switch (field) {
        case PROVIDER -> PROVIDER;
        case SYMBOL -> SYMBOL;
        case LANE -> LANE;
        case SRC_TS -> SRC_TS;
        case INGEST_TS -> INGEST_TS;
        case INTERVAL, EVENT_ID -> OTHER_TEXT;
        case KIND, VERSION, OPEN, HIGH, LOW, CLOSE, PRICE, VOLUME, SIZE, BID, ASK, SEQ ->
            throw new IllegalStateException("a tick was accepted with a text in " + field);
      };
    }

    /// Of a tick's field that was accepted as a number; null for a field of another name.
    static Value ofNumber(@Nullable WireField field) {
      if (field == null) {
        return OTHER_NUMBER;
      }
      return switch (field) {
        case CLOSE, PRICE -> PRICE;
        case VOLUME, SIZE -> SIZE;
        case BID -> BID;
        case ASK -> ASK;
        case SEQ -> SEQ;
        case OPEN, HIGH, LOW, INTERVAL, EVENT_ID, INGEST_TS -> OTHER_NUMBER;
        case PROVIDER, SYMBOL, LANE, SRC_TS, KIND, VERSION ->
            throw new IllegalStateException("a tick was accepted with a number in " + field);
      };
    }
  }

  final Literal[] literals;
  final Value[] values;

  /// @param literals one more than values: the last one ends the entry
  PredictedLayout(List<Literal> literals, List<Value> values) {
    if (literals.size() != values.size() + 1) {
      throw new IllegalArgumentException(
          literals.size() + " literals around " + values.size() + " values");
    }
    this.literals = literals.toArray(Literal[]::new);
    this.values = values.toArray(Value[]::new);
  }
}
