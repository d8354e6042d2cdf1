package dev.mdp.config;

import dev.mdp.config.read.Scalars;
import dev.mdp.config.read.Section;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a recorded event's fields are: a CSV's column (its name, or its number from 1), or the
/// path in a JSON object (`data.p`).
///
/// @param each NDJSON: where the array is whose elements are the records; the paths begin in them,
///   or with `$.` in the line's object
/// @param price empty when the records are bars
/// @param bars empty when the records are ticks
/// @param hashedSeq whether the seq is a hash of an id that is no 64-bit number
public record DatasetColumns(
    Optional<String> each,
    TimeColumn srcTs,
    Optional<String> price,
    Optional<String> size,
    Optional<String> bid,
    Optional<String> ask,
    Optional<BarColumns> bars,
    Optional<String> seq,
    boolean hashedSeq,
    Optional<String> symbol) {
  private static final Pattern PATH = Pattern.compile("[^.\\p{Cntrl}]+(?:\\.[^.\\p{Cntrl}]+)*");

  private static final List<String> OF_TICKS = List.of("price", "size", "bid", "ask");
  private static final List<String> OF_BARS = List.of("open", "high", "low", "close", "volume");

  /// @param earliest the first time that is taken for right; empty for 1990
  /// @param latest the first time that is not; empty for a day from now
  public record TimeColumn(
      String path, TimeUnit unit, Optional<Instant> earliest, Optional<Instant> latest) {
    /// With the usual times.
    public TimeColumn(String path, TimeUnit unit) {
      this(path, unit, Optional.empty(), Optional.empty());
    }
  }

  /// @param volume empty when the files have none
  public record BarColumns(
      String open, String high, String low, String close, Optional<String> volume) {}

  /// How a file writes its times.
  public enum TimeUnit {
    S,
    MS,
    US,
    NS,
    ISO
  }

  private record Seq(Optional<String> path, boolean hashed) {}

  /// @param bars whether the records are bars, and not ticks
  static DatasetColumns read(Section section, boolean bars) {
    Seq seq = seq(section);
    DatasetColumns columns =
        new DatasetColumns(
            section.scalars().optional("each", DatasetColumns::path),
            time(section),
            bars ? Optional.empty() : Optional.of(required(section, "price")),
            bars ? Optional.empty() : column(section, "size"),
            bars ? Optional.empty() : column(section, "bid"),
            bars ? Optional.empty() : column(section, "ask"),
            bars ? Optional.of(bars(section)) : Optional.empty(),
            seq.path(),
            seq.hashed(),
            column(section, "symbol"));
    String reason =
        bars
            ? "the records are bars, since interval is given: they have open, high, low, close and volume"
            : "the records are ticks, with a price and a size; for bars give their interval";
    for (String key : bars ? OF_TICKS : OF_BARS) {
      section.retired(key, reason);
    }
    return columns;
  }

  private static BarColumns bars(Section section) {
    return new BarColumns(
        required(section, "open"),
        required(section, "high"),
        required(section, "low"),
        required(section, "close"),
        column(section, "volume"));
  }

  private static TimeColumn time(Section section) {
    if (!section.isMapping("src_ts")) {
      return new TimeColumn(
          section
              .scalars()
              .required("src_ts", "src_ts", DatasetColumns::path, "{path: ts, unit: ms}"),
          TimeUnit.ISO);
    }
    Section nested = section.section("src_ts");
    TimeColumn time =
        new TimeColumn(
            nested.scalars().required("path", "src_ts", DatasetColumns::path, "data.T"),
            nested.scalars().choice("unit", TimeUnit.ISO),
            nested.times().optionalTime("earliest"),
            nested.times().optionalTime("latest"));
    if (time.earliest.isPresent()
        && time.latest.isPresent()
        && !time.earliest.get().isBefore(time.latest.get())) {
      nested.problem("latest", "must be after earliest, " + time.earliest.get());
    }
    return time;
  }

  private static String required(Section section, String key) {
    String example = "data." + key.charAt(0);
    return section.isMapping(key)
        ? section.section(key).scalars().required("path", key, DatasetColumns::path, example)
        : section.scalars().required(key, key, DatasetColumns::path, example);
  }

  private static Seq seq(Section section) {
    if (!section.isMapping("seq")) {
      return new Seq(column(section, "seq"), false);
    }
    Scalars nested = section.section("seq").scalars();
    String path = nested.required("path", "seq", DatasetColumns::path, "data.id");
    return new Seq(Optional.of(path), nested.flag("hash", false));
  }

  private static Optional<String> column(Section section, String key) {
    return section.isMapping(key)
        ? Optional.of(
            section
                .section(key)
                .scalars()
                .required("path", key, DatasetColumns::path, "data." + key))
        : section.scalars().optional(key, DatasetColumns::path);
  }

  private static String path(String text) {
    if (!PATH.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "want a column or a path such as data.p, was '" + text + "'");
    }
    return text;
  }
}
