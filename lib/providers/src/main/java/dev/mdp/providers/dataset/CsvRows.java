package dev.mdp.providers.dataset;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The records of a CSV file (RFC 4180, UTF-8). Blank lines are passed over; a record with another
/// number of fields than the first is refused. Spaces around a value do not belong to it. One
/// thread.
final class CsvRows implements Rows {
  private static final int MAX_RECORD_CHARS = 1 << 20;

  private final InputFile file;
  private final CsvFields fields = new CsvFields();
  private final CloseableIterator<CsvRow> records;
  private final @Nullable CsvHeader header;
  private @Nullable CsvRow firstRow;
  private long line;

  /// Where the last record begins that was read, blank ones included.
  private long lastLine;

  private boolean ended;

  CsvRows(InputFile file, DatasetSettings settings) {
    this.file = file;
    this.records =
        CsvReader.builder()
            .fieldSeparator(settings.delimiter())
            .allowUnclosedQuote(false)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .maxBufferSize(MAX_RECORD_CHARS)
            .build(fields, new InputStreamReader(file.stream(), StandardCharsets.UTF_8))
            .iterator();
    if (file.looksLikeJson()) {
      throw file.error(1, "columns are expected, this looks like JSON: set type: ndjson");
    }
    CsvRow first = nextNotBlank();
    if (first == null) {
      if (settings.header()) {
        throw file.error(1, "is empty; a line with the names of the columns is expected");
      }
      header = null;
      return;
    }
    if (settings.header()) {
      header = CsvHeader.named(file, first.line(), first.allFields(), settings.columns());
    } else {
      header = CsvHeader.numbered(file, first.line(), first.count(), settings.columns());
      firstRow = first;
    }
    fields.take(header.columnsByField());
  }

  @Override
  public boolean next(@Nullable String[] texts) {
    if (header == null) {
      return false;
    }
    CsvRow first = firstRow;
    CsvRow row = first != null ? first : nextNotBlank();
    firstRow = null;
    if (row == null) {
      return false;
    }
    line = row.line();
    if (file.failed() && !hasNext()) {
      file.throwIfFailed(line); // the last record may be cut off, even if it looks whole
    }
    if (row.count() != header.columns()) {
      throw file.cutLine(
          line,
          "%d columns as in the first line are expected, found %d"
              .formatted(header.columns(), row.count()),
          null);
    }
    if (first != null) {
      Arrays.fill(texts, null);
      header.pick(first.allFields(), texts);
    } else {
      System.arraycopy(row.mapped(), 0, texts, 0, texts.length);
    }
    return true;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public long ingestMicros() {
    return NO_INGEST_TIME;
  }

  @Override
  public long otherLines() {
    return 0;
  }

  @Override
  public InputFile file() {
    return file;
  }

  private @Nullable CsvRow nextNotBlank() {
    while (hasNext()) {
      CsvRow row = records.next();
      lastLine = row.line();
      if (!row.blank()) {
        return row;
      }
    }
    file.throwIfFailed(Math.max(fields.line(), lastLine + 1));
    return null;
  }

  private boolean hasNext() {
    try {
      return !ended && records.hasNext();
    } catch (CsvParseException e) {
      file.throwIfFailed(fields.line());
      if (header != null && file.isTorn(fields.line())) {
        ended = true; // a quote that does not end has swallowed no line but this one
        throw file.cutLine(fields.line(), reason(e), e);
      }
      throw file.error(fields.line(), reason(e), e);
    }
  }

  private static String reason(CsvParseException e) {
    Throwable cause = e.getCause();
    String message = String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    if (message.contains("maximum buffer size")) {
      return "the record is longer than %d characters: is a closing quote missing?"
          .formatted(MAX_RECORD_CHARS);
    }
    return message
        .replaceAll(" \\(record starting at line \\d+\\)", "")
        .replaceAll("\\p{Cntrl}", "?");
  }
}
