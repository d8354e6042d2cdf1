package dev.mdp.providers.dataset;

import dev.mdp.core.event.Symbol;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of one file's current row by their column. Each throws [IllegalArgumentException]
/// that says what is wrong; [#column] then tells where. One thread.
final class RowValues {
  private static final int MAX_SYMBOLS = 100_000;
  private static final int LONGEST_LONG = 19;
  private static final String OTHER_LINE =
      " (a line that is not a trade? other_lines: skip passes over it)";
  private static final String NO_NUMBER =
      " (an id that is no 64-bit number? seq: { path: …, hash: true } makes one of it)";

  private final Rows rows;
  private final DatasetSettings settings;
  private final ColumnMapping columns;
  private final @Nullable Symbol fixedSymbol;
  private final Map<String, Symbol> symbols = new HashMap<>();
  private final @Nullable String[] texts = new String[MappedColumn.COUNT];
  private MappedColumn column = MappedColumn.SRC_TS;

  RowValues(Rows rows, DatasetSettings settings) {
    this.rows = rows;
    this.settings = settings;
    this.columns = settings.columns();
    this.fixedSymbol = settings.symbol().orElse(null);
  }

  /// Takes the next row; false at the end.
  boolean next() {
    return rows.next(texts);
  }

  /// Of which column a value was asked for last.
  MappedColumn column() {
    return column;
  }

  /// What is there; null for nothing.
  @Nullable String text(MappedColumn wanted) {
    return texts[wanted.ordinal()];
  }

  /// Microseconds since the epoch.
  long srcMicros() {
    return EventTime.parse(required(MappedColumn.SRC_TS), columns.srcTsUnit(), settings.times());
  }

  double number(MappedColumn wanted) {
    return DecimalText.parseDouble(required(wanted));
  }

  /// A number, or `otherwise` where there is nothing.
  double number(MappedColumn wanted, double otherwise) {
    column = wanted;
    String text = texts[wanted.ordinal()];
    return text == null || text.isEmpty() ? otherwise : DecimalText.parseDouble(text);
  }

  /// As [#number(MappedColumn,double)], and not negative.
  double quantity(MappedColumn wanted, double otherwise) {
    double quantity = number(wanted, otherwise);
    if (quantity < 0) {
      throw new IllegalArgumentException("must not be negative: " + Quoted.of(required(wanted)));
    }
    return quantity;
  }

  /// 0 when no column is the seq.
  long seq() {
    return columns.seq() == null ? 0 : seq(required(MappedColumn.SEQ), columns.hashedSeq());
  }

  Symbol symbol() {
    return fixedSymbol != null ? fixedSymbol : symbol(required(MappedColumn.SYMBOL));
  }

  /// When the recorder took the row in; the event time where it does not say.
  long ingestMicros(long srcMicros) {
    return rows.ingestMicros() == Rows.NO_INGEST_TIME ? srcMicros : rows.ingestMicros();
  }

  private String required(MappedColumn wanted) {
    column = wanted;
    String text = texts[wanted.ordinal()];
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("missing" + where(wanted));
    }
    return text;
  }

  private static long seq(String text, boolean hashed) {
    if (hashed) {
      return SeqHash.of(text);
    }
    try {
      long seq = DecimalText.parseLong(text);
      if (seq >= 0) {
        return seq;
      }
    } catch (NumberFormatException e) {
      boolean decimal = text.length() < LONGEST_LONG && text.chars().noneMatch(Character::isLetter);
      throw new IllegalArgumentException(e.getMessage() + (decimal ? "" : NO_NUMBER), e);
    }
    throw new IllegalArgumentException("must not be negative: " + Quoted.of(text));
  }

  private Symbol symbol(String text) {
    Symbol known = symbols.get(text);
    if (known != null) {
      return known;
    }
    if (symbols.size() >= MAX_SYMBOLS) {
      throw rows.file()
          .error(
              rows.line(),
              "symbol: more than %d symbols in one file; is this column the symbol?"
                  .formatted(MAX_SYMBOLS));
    }
    try {
      Symbol symbol = Symbol.of(text);
      symbols.put(text, symbol);
      return symbol;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a symbol: " + Quoted.of(text) + " (want " + Symbol.GRAMMAR + ")", e);
    }
  }

  private String where(MappedColumn wanted) {
    String path = String.valueOf(columns.path(wanted));
    return switch (settings.format()) {
      case CSV -> " in column " + Quoted.of(path);
      case NDJSON -> " at " + path + (isOtherLine() ? OTHER_LINE : "");
    };
  }

  private boolean isOtherLine() {
    return text(MappedColumn.SRC_TS) == null && text(columns.priceColumn()) == null;
  }
}
