package dev.mdp.providers.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.mdp.core.event.Micros;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One JSON object a line, with the recorder's time before it when the dataset has such a prefix; a
/// row is the object, or with `each` an element of an array in it. Blank lines are passed over. A
/// file of which every line was passed over is refused: its columns are wrong. One thread.
final class NdjsonRows implements Rows {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_NS_DIGITS = 19;

  private final InputFile file;
  private final ByteLines lines;
  private final JsonRecord record;
  private final ColumnMapping columns;
  private final PlausibleTimes times;
  private final boolean prefixed;
  private final boolean skipsOthers;
  private long ingestMicros = NO_INGEST_TIME;
  private long otherLines;
  private long rows;

  /// How many elements of the current line were returned.
  private int element;

  NdjsonRows(InputFile file, DatasetSettings settings) {
    this.file = file;
    this.lines = new ByteLines(file);
    this.columns = settings.columns();
    this.times = settings.times();
    this.record = new JsonRecord(new JsonPaths(columns));
    this.prefixed = settings.prefix() == LinePrefix.EPOCH_NS;
    this.skipsOthers = settings.otherLines() == OtherLines.SKIP;
  }

  @Override
  public boolean next(@Nullable String[] texts) {
    while (element < record.elements().size()) {
      if (taken(record.elements().get(element++), texts)) {
        return true;
      }
    }
    while (lines.next()) {
      int start = skipBlanks(lines.start());
      if (start == lines.end()) {
        continue;
      }
      read(prefixed ? skipBlanks(readPrefix(start)) : start);
      if (columns.each() == null ? taken(record.own(), texts) : takenFirst(texts)) {
        return true;
      }
    }
    if (rows == 0 && otherLines > 0) {
      throw file.error(
          lines.line(),
          "all %d lines were passed over, for none has %s; are the columns those of this file?"
              .formatted(otherLines, wanted()));
    }
    return false;
  }

  /// The line's first element that is a row; false when there is none.
  private boolean takenFirst(@Nullable String[] texts) {
    if (!record.hasArray() && !skipsOthers) {
      throw error(
          "each: no array at %s (a line that is not a trade? other_lines: skip passes over it)"
              .formatted(columns.each()));
    }
    if (record.elements().isEmpty()) {
      otherLines++;
    }
    element = 0;
    while (element < record.elements().size()) {
      if (taken(record.elements().get(element++), texts)) {
        return true;
      }
    }
    return false;
  }

  private boolean taken(@Nullable String[] values, @Nullable String[] texts) {
    if (skipsOthers
        && values[MappedColumn.SRC_TS.ordinal()] == null
        && values[columns.priceColumn().ordinal()] == null) {
      otherLines++;
      return false;
    }
    System.arraycopy(values, 0, texts, 0, texts.length);
    rows++;
    return true;
  }

  private String wanted() {
    return columns.each() == null
        ? "a time at %s or a price at %s"
            .formatted(columns.srcTs(), columns.path(columns.priceColumn()))
        : "a time or a price in the elements of %s".formatted(columns.each());
  }

  @Override
  public String element() {
    return columns.each() == null || element == 0 ? "" : "element " + element + ": ";
  }

  @Override
  public long line() {
    return lines.line();
  }

  @Override
  public long ingestMicros() {
    return ingestMicros;
  }

  @Override
  public long otherLines() {
    return otherLines;
  }

  @Override
  public InputFile file() {
    return file;
  }

  private int skipBlanks(int from) {
    int at = from;
    while (at < lines.end() && (lines.buffer()[at] == ' ' || lines.buffer()[at] == '\t')) {
      at++;
    }
    return at;
  }

  private int readPrefix(int start) {
    byte[] buffer = lines.buffer();
    int at = start;
    while (at < lines.end() && buffer[at] >= '0' && buffer[at] <= '9') {
      at++;
    }
    if (at == start || at - start > MAX_NS_DIGITS || at == lines.end() || buffer[at] != ' ') {
      throw error(
          "prefix: want a time in ns and a space before the JSON, found "
              + Quoted.of(text(start, Math.min(lines.end(), start + 80))));
    }
    try {
      ingestMicros = Long.parseLong(text(start, at)) / 1_000;
    } catch (NumberFormatException e) {
      ingestMicros = Long.MIN_VALUE;
    }
    if (!times.has(ingestMicros)) {
      throw error(
          "prefix: %s ns is %s; want nanoseconds since the epoch"
              .formatted(
                  text(start, at),
                  Micros.inRange(ingestMicros)
                      ? Micros.format(ingestMicros)
                      : "not a time between 1900 and 2200"));
    }
    return at + 1;
  }

  private void read(int start) {
    if (start == lines.end() || lines.buffer()[start] != '{') {
      String found = text(start, Math.min(lines.end(), start + 80));
      throw error("want a JSON object, found " + Quoted.of(found) + hint(found));
    }
    try (JsonParser parser = JSON.createParser(lines.buffer(), start, lines.end() - start)) {
      parser.nextToken();
      record.read(parser);
      if (parser.nextToken() != null) {
        throw error(
            "more text after the JSON object: one object a line is expected"
                + (contains('\r') ? " (lines that end in CR only? use tr '\\r' '\\n')" : ""));
      }
    } catch (JsonRecord.Unreadable e) {
      throw bad(String.valueOf(e.getMessage()), e);
    } catch (JsonProcessingException e) {
      long column =
          e.getLocation() == null ? 0 : e.getLocation().getColumnNr() + start - lines.start();
      String message = "not JSON near column %d: %s".formatted(column, plain(e));
      record.clear();
      throw e instanceof JsonEOFException
          ? file.cutLine(lines.line(), message, e)
          : file.badLine(lines.line(), message, e);
    } catch (IOException e) {
      throw bad("not JSON: " + e.getMessage(), e);
    }
  }

  private boolean contains(char c) {
    for (int i = lines.start(); i < lines.end(); i++) {
      if (lines.buffer()[i] == c) {
        return true;
      }
    }
    return false;
  }

  /// What the file may be instead, and the key that says so.
  private static String hint(String line) {
    if (line.startsWith("\ufeff")) {
      return " (the beginning of another file? list the files under path instead of joining them)";
    }
    if (line.startsWith("[")) {
      return " (a JSON array? write one object a line: jq -c '.[]')";
    }
    if (line.matches("[0-9]+ \\{.*")) {
      return " (a time before the JSON? set prefix: epoch_ns)";
    }
    return line.contains("{") || !line.contains(",") ? "" : " (CSV? set type: csv)";
  }

  /// Jackson's words without its hints to programmers.
  private static String plain(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return "the line ends inside the object";
    }
    String message = e.getOriginalMessage().lines().findFirst().orElse("");
    int hint = message.indexOf(": enable `");
    return (hint < 0 ? message : message.substring(0, hint)).replaceAll("\\p{Cntrl}", "?");
  }

  private String text(int from, int to) {
    return new String(lines.buffer(), from, to - from, StandardCharsets.UTF_8);
  }

  private BadLine error(String message) {
    return bad(message, null);
  }

  /// Nothing of the line is a row.
  private BadLine bad(String message, @Nullable Throwable cause) {
    record.clear();
    return file.badLine(lines.line(), message, cause);
  }
}
