package dev.mdp.bus.codec;

import java.util.List;

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
    OTHER_NUMBER
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
