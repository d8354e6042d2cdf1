package dev.mdp.providers.dataset;

import dev.mdp.core.error.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a row's fields are (`columns`): a column's name in CSV (its number from 1 when there is no
/// header), a dotted path into the object in NDJSON.
///
/// @param each NDJSON: where the array is whose elements are the rows; the other paths begin in the
///   element, or with `$.` in the line's object. Null when the line's object is the row
/// @param srcTs event time
/// @param seq when null, the ordinal within equal event times of the symbol is taken
/// @param hashedSeq whether the seq is made of an id that need not be a number, by [SeqHash]
/// @param price null when the rows are bars
/// @param bars null when the rows are ticks
/// @param symbol null when the dataset is of one symbol
public record ColumnMapping(
    @Nullable String each,
    String srcTs,
    TimeUnitName srcTsUnit,
    @Nullable String price,
    @Nullable String size,
    @Nullable String seq,
    boolean hashedSeq,
    @Nullable String bid,
    @Nullable String ask,
    @Nullable BarMapping bars,
    @Nullable String symbol) {
  /// What begins a path in the line's object instead of the array's element.
  static final String ROOT = "$.";

  /// Rows whose seq, where they have one, is a number.
  public ColumnMapping(
      @Nullable String each,
      String srcTs,
      TimeUnitName srcTsUnit,
      String price,
      @Nullable String size,
      @Nullable String seq,
      @Nullable String bid,
      @Nullable String ask,
      @Nullable String symbol) {
    this(each, srcTs, srcTsUnit, price, size, seq, false, bid, ask, null, symbol);
  }

  /// Bars.
  public ColumnMapping(
      @Nullable String each,
      String srcTs,
      TimeUnitName srcTsUnit,
      BarMapping bars,
      @Nullable String seq,
      boolean hashedSeq,
      @Nullable String symbol) {
    this(each, srcTs, srcTsUnit, null, null, seq, hashedSeq, null, null, bars, symbol);
  }

  /// One row a line.
  public ColumnMapping(
      String srcTs,
      TimeUnitName srcTsUnit,
      String price,
      @Nullable String size,
      @Nullable String seq,
      @Nullable String bid,
      @Nullable String ask,
      @Nullable String symbol) {
    this(null, srcTs, srcTsUnit, price, size, seq, bid, ask, symbol);
  }

  /// The place of a column, or null when it is not mapped.
  @Nullable String path(MappedColumn column) {
    return switch (column) {
      case SRC_TS -> srcTs;
      case PRICE -> price;
      case SIZE -> size;
      case SEQ -> seq;
      case BID -> bid;
      case ASK -> ask;
      case SYMBOL -> symbol;
      case OPEN -> bars == null ? null : bars.open();
      case HIGH -> bars == null ? null : bars.high();
      case LOW -> bars == null ? null : bars.low();
      case CLOSE -> bars == null ? null : bars.close();
      case VOLUME -> bars == null ? null : bars.volume();
    };
  }

  /// The one that every row has besides its time.
  MappedColumn priceColumn() {
    return bars == null ? MappedColumn.PRICE : MappedColumn.CLOSE;
  }

  /// Whether rows are distinguished by their place in the file alone.
  public boolean needsOrdinals() {
    return seq == null && bars == null;
  }

  List<MappedColumn> mapped() {
    List<MappedColumn> mapped = new ArrayList<>();
    for (MappedColumn column : MappedColumn.values()) {
      if (path(column) != null) {
        mapped.add(column);
      }
    }
    return mapped;
  }

  void check(Problems problems, String place, FileFormat format, boolean header) {
    if ((price == null) == (bars == null)) {
      problems.add(place + ".columns", "want a price, or open, high, low and close of bars");
    }
    if (each != null && format == FileFormat.CSV) {
      problems.add(place + ".columns.each", "is for type ndjson only");
    } else if (each != null && (each.startsWith(ROOT) || !isPath(each))) {
      problems.add(
          place + ".columns.each",
          "not a path: '" + each + "' (want names with dots, such as data)");
    }
    for (MappedColumn column : mapped()) {
      String path = String.valueOf(path(column));
      String key = place + ".columns." + column.word();
      if (path.isBlank()) {
        problems.add(key, "is empty; name the column, or leave the key away");
      } else if (format == FileFormat.CSV && !header && !path.matches("[1-9][0-9]{0,3}")) {
        problems.add(
            key, "without a header a column is named by its number from 1, was '" + path + "'");
      } else if (format == FileFormat.NDJSON && !isPath(path)) {
        problems.add(key, "not a path: '" + path + "' (want names with dots, such as data.p)");
      }
    }
  }

  private static boolean isPath(String path) {
    return !List.of(path.split("\\.", -1)).contains("");
  }
}
