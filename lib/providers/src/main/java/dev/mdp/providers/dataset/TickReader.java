package dev.mdp.providers.dataset;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.event.Tick;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns one file's rows into ticks, in the order of the file, or says which value of which line is
/// wrong. One thread.
final class TickReader implements TickStream {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final int MAX_SYMBOLS = 100_000;
  private static final String OTHER_LINE =
      " (a line that is no trade? other_lines: skip passes over it)";

  private static final int LONGEST_LONG = 19;
  private static final String NO_NUMBER =
      " (an id that is no 64-bit number? seq: { path: …, hash: true } makes one of it)";

  private final Rows rows;
  private final DatasetSettings settings;
  private final String lane;
  private final TimeUnitName unit;
  private final @Nullable Symbol fixedSymbol;
  private final Map<String, Symbol> symbols = new HashMap<>();
  private final @Nullable String[] texts = new String[Column.COUNT];
  private final boolean anyOrder;
  private final boolean hashed;
  private @Nullable Tick before;
  private long lineBefore;
  private long outsideRange;
  private long badLines;
  private String firstBadLine = "";
  private boolean good;

  /// @param options of its lane and its order: rows in any order may well lie years apart
  TickReader(Rows rows, DatasetSettings settings, ReadOptions options) {
    this.rows = rows;
    this.settings = settings;
    this.lane = options.lane();
    this.anyOrder = options.sort();
    this.hashed = settings.columns().hashedSeq();
    this.unit = settings.columns().srcTsUnit();
    this.fixedSymbol = settings.symbol().orElse(null);
  }

  /// Opens the file and reads its header.
  static TickReader open(InputFile file, DatasetSettings settings, ReadOptions options) {
    Rows rows =
        switch (settings.format()) {
          case CSV -> new CsvRows(file, settings);
          case NDJSON -> new NdjsonRows(file, settings);
        };
    return new TickReader(rows, settings, options);
  }

  Rows rows() {
    return rows;
  }

  /// Counts a row that nobody wants.
  void passOver() {
    outsideRange++;
  }

  /// Rows read that were not wanted.
  long outsideRange() {
    return outsideRange;
  }

  /// Lines, or elements of one, that were passed over because they cannot be used.
  long badLines() {
    return badLines;
  }

  /// Where the first of them is and what is wrong with it; empty without one.
  String firstBadLine() {
    return firstBadLine;
  }

  @Override
  public @Nullable Tick next() {
    while (true) {
      try {
        Tick tick = rows.next(texts) ? tick() : null;
        good |= tick != null;
        if (tick == null && !good && badLines > 0) {
          throw rows.file()
              .error(
                  rows.line(),
                  "all %d lines are bad, the first: %s".formatted(badLines, firstBadLine));
        }
        return tick;
      } catch (BadLine e) {
        if (settings.badLines() == BadLines.REFUSE) {
          throw e.error();
        }
        if (badLines++ == 0) {
          firstBadLine = String.valueOf(e.getMessage());
        }
      }
    }
  }

  private Tick tick() {
    Column column = Column.SRC_TS;
    try {
      long srcMicros = EventTime.parse(required(Column.SRC_TS), unit, settings.times());
      column = Column.PRICE;
      double price = DecimalText.parseDouble(required(Column.PRICE));
      column = Column.SIZE;
      double size = optionalNumber(Column.SIZE);
      if (size < 0) {
        throw new IllegalArgumentException(
            "must not be negative: " + Quoted.of(required(Column.SIZE)));
      }
      column = Column.BID;
      double bid = optionalNumber(Column.BID);
      column = Column.ASK;
      double ask = optionalNumber(Column.ASK);
      column = Column.SEQ;
      long seq = settings.columns().seq() == null ? 0 : seq(required(Column.SEQ), hashed);
      column = Column.SYMBOL;
      Symbol symbol = fixedSymbol != null ? fixedSymbol : symbol(required(Column.SYMBOL));
      long ingest = rows.ingestMicros() == Rows.NO_INGEST_TIME ? srcMicros : rows.ingestMicros();
      Tick tick =
          new Tick(
              settings.provider(), lane, symbol, srcMicros, seq, price, size, bid, ask, ingest);
      column = Column.SRC_TS;
      requireNoJump(tick);
      return tick;
    } catch (IllegalArgumentException e) {
      String message = rows.element() + column.word() + ": " + e.getMessage() + hint();
      throw settings.format() == FileFormat.CSV
          ? rows.file().cutLine(rows.line(), message, e)
          : rows.file().badLine(rows.line(), message, e);
    }
  }

  @Override
  public void close() {
    rows.close();
  }

  /// A clock that was not set, or a unit that changes in the middle.
  private void requireNoJump(Tick tick) {
    Tick last = before;
    boolean neighbours = last != null && (!anyOrder || last.symbol().equals(tick.symbol()));
    if (last != null && neighbours && settings.times().isJump(last.srcMicros(), tick.srcMicros())) {
      throw new IllegalArgumentException(
          "%s is more than %d years from %s of line %d; if that is right, set earliest of src_ts"
              .formatted(
                  Micros.format(tick.srcMicros()),
                  PlausibleTimes.JUMP_YEARS,
                  Micros.format(last.srcMicros()),
                  lineBefore));
    }
    before = tick;
    lineBefore = rows.line();
  }

  /// What several files that were put together leave in the middle.
  private String hint() {
    String time = texts[Column.SRC_TS.ordinal()];
    if (time == null || settings.format() != FileFormat.CSV) {
      return "";
    }
    boolean header = settings.header() && time.equals(settings.columns().srcTs());
    return header || time.startsWith(BYTE_ORDER_MARK)
        ? " (the beginning of another file? list the files under path instead of joining them)"
        : "";
  }

  private String required(Column column) {
    String text = texts[column.ordinal()];
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("missing" + where(column));
    }
    return text;
  }

  private double optionalNumber(Column column) {
    String text = texts[column.ordinal()];
    return text == null || text.isEmpty() ? Tick.ABSENT : DecimalText.parseDouble(text);
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

  private String where(Column column) {
    String path = String.valueOf(settings.columns().path(column));
    return switch (settings.format()) {
      case CSV -> " in column " + Quoted.of(path);
      case NDJSON -> " at " + path + (isOtherLine() ? OTHER_LINE : "");
    };
  }

  private boolean isOtherLine() {
    return texts[Column.SRC_TS.ordinal()] == null && texts[Column.PRICE.ordinal()] == null;
  }
}
