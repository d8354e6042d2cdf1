package dev.mdp.providers.dataset;

import dev.mdp.core.error.ConfigException;
import dev.mdp.core.error.Problems;
import dev.mdp.core.event.Names;
import dev.mdp.core.event.Symbol;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A dataset of files as `datasets.<name>` describes it. Problems are reported all at once, by
/// their key.
///
/// @param paths at least one; several are merged by event time, each with its own header
/// @param provider whose events these are; part of their identity
/// @param symbol the one symbol of the files; empty when a column names it
/// @param times which event times are taken for right
/// @param prefix NDJSON only
/// @param otherLines NDJSON only
/// @param badLines what becomes of lines that cannot be used
/// @param delimiter CSV only
/// @param header whether the first line of a CSV file names the columns
public record DatasetSettings(
    String name,
    FileFormat format,
    List<Path> paths,
    String provider,
    Optional<Symbol> symbol,
    ColumnMapping columns,
    PlausibleTimes times,
    LinePrefix prefix,
    OtherLines otherLines,
    BadLines badLines,
    char delimiter,
    boolean header) {
  private static final int MAX_FILES = 1_000;

  public DatasetSettings {
    paths = List.copyOf(paths);
    Problems problems = new Problems();
    String place = "datasets." + name;
    if (paths.isEmpty()) {
      problems.add(place + ".path", "names no file");
    }
    if (paths.size() > MAX_FILES) {
      problems.add(
          place + ".path",
          "names %d files; at most %d are read in order at once: put them together"
              .formatted(paths.size(), MAX_FILES));
    }
    for (Path twice : FilePatterns.repeated(paths)) {
      problems.add(place + ".path", "names " + twice + " twice; its trades would be sent twice");
    }
    if (!Names.isValid(provider)) {
      problems.add(place + ".provider", "not a provider name: '" + provider + "'");
    }
    if (symbol.isPresent() == (columns.symbol() != null)) {
      problems.add(
          place + ".symbol",
          symbol.isPresent()
              ? "is given, and a column of symbols too: remove one of them"
              : "is missing: give symbol, or map columns.symbol");
    }
    if (format == FileFormat.CSV && prefix != LinePrefix.NONE) {
      problems.add(place + ".prefix", "epoch_ns is for type ndjson only");
    }
    if (format == FileFormat.CSV && otherLines != OtherLines.REFUSE) {
      problems.add(place + ".other_lines", "skip is for type ndjson only");
    }
    if (format == FileFormat.CSV && (delimiter < '\t' || "\r\n\"".indexOf(delimiter) >= 0)) {
      problems.add(place + ".delimiter", "must not be a quote or a control character but tab");
    }
    columns.check(problems, place, format, header);
    problems.throwIfAny(ConfigException::new);
  }

  /// One that refuses bad lines.
  public DatasetSettings(
      String name,
      FileFormat format,
      List<Path> paths,
      String provider,
      Optional<Symbol> symbol,
      ColumnMapping columns,
      PlausibleTimes times,
      LinePrefix prefix,
      OtherLines otherLines,
      char delimiter,
      boolean header) {
    this(
        name,
        format,
        paths,
        provider,
        symbol,
        columns,
        times,
        prefix,
        otherLines,
        BadLines.REFUSE,
        delimiter,
        header);
  }

  /// CSV with a header and commas, of any time.
  public static DatasetSettings csv(
      String name,
      List<Path> paths,
      String provider,
      Optional<Symbol> symbol,
      ColumnMapping columns) {
    return new DatasetSettings(
        name,
        FileFormat.CSV,
        paths,
        provider,
        symbol,
        columns,
        PlausibleTimes.ALL,
        LinePrefix.NONE,
        OtherLines.REFUSE,
        ',',
        true);
  }

  /// NDJSON in which every line is a trade, of any time.
  public static DatasetSettings ndjson(
      String name,
      List<Path> paths,
      String provider,
      Optional<Symbol> symbol,
      ColumnMapping columns,
      LinePrefix prefix) {
    return new DatasetSettings(
        name,
        FileFormat.NDJSON,
        paths,
        provider,
        symbol,
        columns,
        PlausibleTimes.ALL,
        prefix,
        OtherLines.REFUSE,
        ',',
        true);
  }
}
