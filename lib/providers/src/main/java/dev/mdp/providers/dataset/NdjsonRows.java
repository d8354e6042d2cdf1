package dev.mdp.providers.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Micros;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One JSON object a line, with the recorder's time before it when the dataset has such a prefix.
/// Blank lines are passed over. One thread.
final class NdjsonRows implements Rows {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_NS_DIGITS = 19;

  private final InputFile file;
  private final ByteLines lines;
  private final JsonPaths paths;
  private final boolean prefixed;
  private final boolean skipsOthers;
  private long ingestMicros = NO_INGEST_TIME;
  private long otherLines;

  NdjsonRows(InputFile file, DatasetSettings settings) {
    this.file = file;
    this.lines = new ByteLines(file);
    this.paths = new JsonPaths(settings.columns());
    this.prefixed = settings.prefix() == LinePrefix.EPOCH_NS;
    this.skipsOthers = settings.otherLines() == OtherLines.SKIP;
  }

  @Override
  public boolean next(@Nullable String[] texts) {
    while (lines.next()) {
      int start = skipBlanks(lines.start());
      if (start == lines.end()) {
        continue;
      }
      Arrays.fill(texts, null);
      read(prefixed ? skipBlanks(readPrefix(start)) : start, texts);
      if (skipsOthers
          && texts[Column.SRC_TS.ordinal()] == null
          && texts[Column.PRICE.ordinal()] == null) {
        otherLines++;
        continue;
      }
      return true;
    }
    return false;
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
    if (!Micros.inRange(ingestMicros)) {
      throw error("prefix: " + text(start, at) + " ns is no time between 1900 and 2200");
    }
    return at + 1;
  }

  private void read(int start, @Nullable String[] texts) {
    if (start == lines.end() || lines.buffer()[start] != '{') {
      String found = text(start, Math.min(lines.end(), start + 80));
      throw error("want a JSON object, found " + Quoted.of(found) + hint(found));
    }
    try (JsonParser parser = JSON.createParser(lines.buffer(), start, lines.end() - start)) {
      parser.nextToken();
      readObject(parser, paths.root, texts);
      if (parser.nextToken() != null) {
        throw error("more text after the JSON object: one object a line is expected");
      }
    } catch (JsonProcessingException e) {
      long column =
          e.getLocation() == null ? 0 : e.getLocation().getColumnNr() + start - lines.start();
      throw file.error(lines.line(), "not JSON near column %d: %s".formatted(column, plain(e)), e);
    } catch (IOException e) {
      throw file.error(lines.line(), "not JSON: " + e.getMessage(), e);
    }
  }

  /// What the file may be instead, and the key that says so.
  private static String hint(String line) {
    if (line.startsWith("[")) {
      return " (a JSON array? write one object a line: jq -c '.[]')";
    }
    if (line.matches("[0-9]+ \\{.*")) {
      return " (a time before the JSON? set prefix: epoch_ns)";
    }
    return line.contains("{") || !line.contains(",") ? "" : " (CSV? set type: csv)";
  }

  private void readObject(JsonParser parser, JsonPaths.Node node, @Nullable String[] texts)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      JsonPaths.Node child = node.child(parser.currentName());
      JsonToken value = parser.nextToken();
      if (child == null) {
        parser.skipChildren();
        continue;
      }
      if (child.seenInLine == lines.line()) {
        throw error("the key " + Quoted.of(child.name) + " is there twice");
      }
      child.seenInLine = lines.line();
      if (!child.columns.isEmpty()) {
        take(parser, value, child, texts);
      }
      if (child.hasChildren() && value == JsonToken.START_OBJECT) {
        readObject(parser, child, texts);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void take(
      JsonParser parser, JsonToken value, JsonPaths.Node node, @Nullable String[] texts)
      throws IOException {
    switch (value) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        String text = parser.getText();
        for (Column column : node.columns) {
          texts[column.ordinal()] = text;
        }
      }
      case VALUE_NULL -> {}
      default ->
          throw error(
              node.columns.getFirst().word()
                  + ": want a number or a text, found "
                  + switch (value) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    default -> parser.getText();
                  });
    }
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

  private DataException error(String message) {
    return file.error(lines.line(), message);
  }
}
