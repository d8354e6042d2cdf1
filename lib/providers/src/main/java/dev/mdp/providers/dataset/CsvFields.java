package dev.mdp.providers.dataset;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the wanted fields out of the parser's buffer; the others never become strings. One thread.
final class CsvFields extends AbstractBaseCsvCallbackHandler<CsvRow> {
  private MappedColumn @Nullable [][] columnsByField;
  private @Nullable String[] mapped = {};
  private List<String> allFields = List.of();
  private boolean blank;

  /// From the next record on only the fields with a meaning are taken.
  void take(MappedColumn @Nullable [][] meanings) {
    columnsByField = meanings;
    allFields = List.of();
  }

  /// Where the record that is read now, or was read last, begins.
  long line() {
    return Math.max(1, getStartingLineNumber());
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    blank = true;
    if (columnsByField == null) {
      allFields = new ArrayList<>();
    } else {
      mapped = new String[MappedColumn.COUNT];
    }
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    int start = offset;
    int end = offset + length;
    while (start < end && isSpace(buffer[start])) {
      start++;
    }
    while (end > start && isSpace(buffer[end - 1])) {
      end--;
    }
    blank &= start == end && !quoted;
    if (columnsByField == null) {
      allFields.add(new String(buffer, start, end - start));
    } else if (start < end && index < columnsByField.length && columnsByField[index].length > 0) {
      String text = new String(buffer, start, end - start);
      for (MappedColumn column : columnsByField[index]) {
        mapped[column.ordinal()] = text;
      }
    }
  }

  @Override
  protected CsvRow buildRecord() {
    int count = getFieldCount();
    return new CsvRow(getStartingLineNumber(), count, blank && count <= 1, mapped, allFields);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
