package dev.mdp.config;

import dev.mdp.config.read.Place;
import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Lanes;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One entry of `datasets`: recorded events that can be replayed.
///
/// @param paths the files; empty for `ticks` and `bars`
/// @param symbol the file's one symbol, or the one symbol of the table to replay; empty for all of
///   the table's
/// @param columns where a file's fields are; empty for `ticks` and `bars`
/// @param lane the lane to replay into; empty when every replay makes its own
/// @param interval which bars, for `bars`; what bars the records of files are, empty for ticks
/// @param delimiter between a CSV's fields
/// @param skipOtherLines whether an NDJSON line that is not a trade at all is passed over
///   (`other_lines: skip`)
/// @param skipBadLines whether a file's line that cannot be used is passed over (`bad_lines: skip`)
/// @param header whether a CSV's first line names the columns
/// @param ordinals what to do when records without a seq meet others of their time in the table
public record DatasetConfig(
    String name,
    Type type,
    List<DatasetPath> paths,
    String provider,
    Optional<Symbol> symbol,
    Prefix prefix,
    Optional<DatasetColumns> columns,
    Optional<String> lane,
    Optional<Interval> interval,
    char delimiter,
    boolean header,
    boolean skipOtherLines,
    boolean skipBadLines,
    Ordinals ordinals) {

  public DatasetConfig {
    paths = List.copyOf(paths);
  }

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

  /// What is before each record of an NDJSON file.
  public enum Prefix {
    NONE,
    EPOCH_NS
  }

  /// How records without a seq are numbered within their time.
  public enum Ordinals {
    /// From 0 on; refused where other ticks of that time are stored.
    REFUSE,
    /// After what is stored at that time.
    CONTINUE
  }

  /// What to do with a line that is not a trade, or that is bad.
  private enum Lines {
    ERROR,
    SKIP
  }

  private static final Symbol NO_SYMBOL = new Symbol("X");

  /// Whether its records are bars, and not ticks.
  public boolean isBars() {
    return interval.isPresent();
  }

  static DatasetConfig read(String name, Section section) {
    Scalars values = section.scalars();
    Type type = values.required("type", Type.CSV, DatasetConfig::type, "csv");
    boolean file = type.isFile();
    if (!Names.isValid(name)) {
      section.problem("type", "not a dataset's name: '" + name + "'");
    }
    Optional<Interval> interval = interval(values, type);
    Optional<DatasetColumns> columns =
        file
            ? Optional.of(DatasetColumns.read(section.section("columns"), interval.isPresent()))
            : Optional.empty();
    boolean symbolColumn = columns.isPresent() && columns.get().symbol().isPresent();
    DatasetConfig dataset =
        new DatasetConfig(
            name,
            type,
            file
                ? section.lists().oneOrMore("path", DatasetConfig::path, "data/ticks.csv")
                : List.of(),
            values.required("provider", "none", text -> Names.require("provider", text), "binance"),
            file && !symbolColumn
                ? Optional.of(values.required("symbol", NO_SYMBOL, Symbol::of, "SPY"))
                : values.optional("symbol", Symbol::of),
            type == Type.NDJSON ? values.choice("prefix", Prefix.NONE) : Prefix.NONE,
            columns,
            values.optional("lane", Lanes::requireForeign),
            interval,
            type == Type.CSV ? values.parsed("delimiter", ',', DatasetConfig::delimiter) : ',',
            type != Type.CSV || values.flag("header", true),
            type == Type.NDJSON && values.choice("other_lines", Lines.ERROR) == Lines.SKIP,
            file && values.choice("bad_lines", Lines.ERROR) == Lines.SKIP,
            file ? values.choice("ordinals", Ordinals.REFUSE) : Ordinals.REFUSE);
    dataset.explainForeignKeys(section);
    dataset.checkColumns(section);
    return dataset;
  }

  private static Optional<Interval> interval(Scalars values, Type type) {
    return switch (type) {
      case BARS ->
          Optional.of(values.required("interval", Interval.parse("1m"), Interval::parse, "1m"));
      case CSV, NDJSON -> values.optional("interval", Interval::parse);
      case TICKS -> Optional.empty();
    };
  }

  private void checkColumns(Section section) {
    if (ordinals == Ordinals.CONTINUE && type.isFile() && interval.isPresent()) {
      section.problem("ordinals", "continue is for ticks; bars have no ordinals");
    }
    boolean numbered = columns.isPresent() && columns.get().seq().isPresent();
    if (ordinals == Ordinals.CONTINUE && numbered) {
      section.problem("ordinals", "continue is for files without a seq, and columns.seq is given");
    }
    if (type == Type.CSV && columns.isPresent() && columns.get().each().isPresent()) {
      section.section("columns").problem("each", "type is csv, only ndjson has each");
    }
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
        .retired("bad_lines", ours + ", only csv and ndjson have lines")
        .retired("delimiter", ours + ", only csv has a delimiter")
        .retired("header", ours + ", only csv has a header")
        .retired("ordinals", ours + ", only csv and ndjson have ordinals")
        .retired("interval", ours + ", only bars and files of them have an interval");
  }

  private static Type type(String text) {
    for (Type type : Type.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(text)) {
        return type;
      }
    }
    throw new IllegalArgumentException("want one of csv, ndjson, ticks, bars, was '" + text + "'");
  }

  private static DatasetPath path(String text, Place place) {
    return new DatasetPath(Path.of(text).toString(), place.toString());
  }

  private static char delimiter(String text) {
    if (text.length() != 1 || "\"\r\n".contains(text)) {
      throw new IllegalArgumentException("want one character, was '" + text + "'");
    }
    return text.charAt(0);
  }
}
