package dev.mdp.providers.dataset;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The records of a CSV file (RFC 4180, UTF-8). Blank lines are passed over. Spaces around a value
/// do not belong to it. One thread.
final class CsvRecords {
  private static final int MAX_RECORD_CHARS = 1 << 20;

  private final InputFile file;
  private final CsvFields fields = new CsvFields();
  private final CloseableIterator<CsvRow> records;

  /// Where the last record begins that was read, blank ones included.
  private long lastLine;

  /// Whether the first record was read, which may be the header.
  private boolean begun;

  private boolean ended;

  CsvRecords(InputFile file, char delimiter) {
    this.file = file;
    this.records =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .allowUnclosedQuote(false)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .maxBufferSize(MAX_RECORD_CHARS)
            .build(fields, new InputStreamReader(file.stream(), StandardCharsets.UTF_8))
            .iterator();
  }

  /// From the next record on only the fields with a meaning are taken.
  void take(MappedColumn[][] columnsByField) {
    fields.take(columnsByField);
  }

  /// The next record that is not blank, or null at the end.
  @Nullable CsvRow next() {
    while (hasNext()) {
      CsvRow row = records.next();
      lastLine = row.line();
      if (!row.blank()) {
        begun = true;
        return row;
      }
    }
    file.throwIfFailed(Math.max(fields.line(), lastLine + 1));
    return null;
  }

  /// Whether there is another record, blank or not.
  boolean hasNext() {
    try {
      return !ended && records.hasNext();
    } catch (CsvParseException e) {
      file.throwIfFailed(fields.line());
      if (begun && file.isTorn(fields.line())) {
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
