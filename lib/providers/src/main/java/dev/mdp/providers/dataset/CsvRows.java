package dev.mdp.providers.dataset;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The rows of a CSV file: of each record the fields with a meaning. A record with another number
/// of fields than the first is refused. One thread.
final class CsvRows implements Rows {
  private final InputFile file;
  private final CsvRecords records;
  private final @Nullable CsvHeader header;
  private @Nullable CsvRow firstRow;
  private long line;

  CsvRows(InputFile file, DatasetSettings settings) {
    this.file = file;
    this.records = new CsvRecords(file, settings.delimiter());
    if (file.looksLikeJson()) {
      throw file.error(1, "columns are expected, this looks like JSON: set type: ndjson");
    }
    CsvRow first = records.next();
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
    records.take(header.columnsByField());
  }

  @Override
  public boolean next(@Nullable String[] texts) {
    if (header == null) {
      return false;
    }
    CsvRow first = firstRow;
    CsvRow row = first != null ? first : records.next();
    firstRow = null;
    if (row == null) {
      return false;
    }
    line = row.line();
    if (file.failed() && !records.hasNext()) {
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
}
