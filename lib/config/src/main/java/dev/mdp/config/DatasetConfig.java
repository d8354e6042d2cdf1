package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// One entry of `datasets`: recorded events that can be replayed.
///
/// @param path the file, relative to the working directory; empty for `ticks` and `bars`
/// @param symbol the file's one symbol, or the one symbol of the table to replay; empty for all of
///   the table's
/// @param columns where a file's fields are; empty for `ticks` and `bars`
/// @param lane the lane to replay into; empty when every replay makes its own
/// @param interval which bars, for `bars`
/// @param delimiter between a CSV's fields
/// @param skipOtherLines whether an NDJSON line that is no trade at all is passed over
///   (`other_lines: skip`)
/// @param header whether a CSV's first line names the columns
public record DatasetConfig(
    String name,
    Type type,
    Optional<Path> path,
    String provider,
    Optional<Symbol> symbol,
    Prefix prefix,
    Optional<DatasetColumns> columns,
    Optional<String> lane,
    Optional<Interval> interval,
    char delimiter,
    boolean header,
    boolean skipOtherLines) {

  /// Files, or ranges of the tables `tick_data` and `bars_ohlcv`.
  public enum Type {
    CSV,
    NDJSON,
    TICKS,
    BARS;

    boolean isFile() {
      return this == CSV || this == NDJSON;
    }
  }

  /// What stands before each record of an NDJSON file.
  public enum Prefix {
    NONE,
    EPOCH_NS
  }

  /// What to do with an NDJSON line that is no trade.
  private enum OtherLines {
    ERROR,
    SKIP
  }

  private static final Symbol NO_SYMBOL = new Symbol("X");

  static DatasetConfig read(String name, Section section) {
    Scalars values = section.scalars();
    Type type = values.required("type", Type.CSV, DatasetConfig::type, "csv");
    boolean file = type.isFile();
    if (!Names.isValid(name)) {
      section.problem("type", "not a dataset's name: '" + name + "'");
    }
    Optional<DatasetColumns> columns =
        file ? Optional.of(DatasetColumns.read(section.section("columns"))) : Optional.empty();
    boolean symbolColumn = columns.isPresent() && columns.get().symbol().isPresent();
    DatasetConfig dataset =
        new DatasetConfig(
            name,
            type,
            file
                ? Optional.of(values.required("path", Path.of("."), Path::of, "data/ticks.csv"))
                : Optional.empty(),
            values.required("provider", "none", text -> Names.require("provider", text), "binance"),
            file && !symbolColumn
                ? Optional.of(values.required("symbol", NO_SYMBOL, Symbol::of, "SPY"))
                : values.optional("symbol", Symbol::of),
            type == Type.NDJSON ? values.choice("prefix", Prefix.NONE) : Prefix.NONE,
            columns,
            values.optional("lane", text -> Names.require("lane", text)),
            type == Type.BARS
                ? Optional.of(
                    values.required("interval", Interval.parse("1m"), Interval::parse, "1m"))
                : Optional.empty(),
            type == Type.CSV ? values.parsed("delimiter", ',', DatasetConfig::delimiter) : ',',
            type != Type.CSV || values.flag("header", true),
            type == Type.NDJSON
                && values.choice("other_lines", OtherLines.ERROR) == OtherLines.SKIP);
    dataset.explainForeignKeys(section);
    return dataset;
  }

  /// Keys that belong to another type are not typing errors: say so.
  private void explainForeignKeys(Section section) {
    String ours = "type is " + type.name().toLowerCase(Locale.ROOT);
    if (!type.isFile()) {
      section
          .retired("path", ours + ", only csv and ndjson have a path")
          .retired("columns", ours + ", only csv and ndjson have columns");
    }
    section
        .retired("prefix", ours + ", only ndjson has a prefix")
        .retired("other_lines", ours + ", only ndjson has other lines")
        .retired("delimiter", ours + ", only csv has a delimiter")
        .retired("header", ours + ", only csv has a header")
        .retired("interval", ours + ", only bars have an interval");
  }

  private static Type type(String text) {
    for (Type type : Type.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException("want one of csv, ndjson, ticks, bars, was '" + text + "'");
  }

  private static char delimiter(String text) {
    if (text.length() != 1 || "\"\r\n".contains(text)) {
      throw new IllegalArgumentException("want one character, was '" + text + "'");
    }
    return text.charAt(0);
  }
}
