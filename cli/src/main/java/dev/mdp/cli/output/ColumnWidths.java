package dev.mdp.cli.output;

import dev.mdp.core.error.Printable;
import java.util.List;

/// How wide the columns of a table are: as their widest cells, but where a row would not fit, the
/// widest text columns are cut down to a minimum.
final class ColumnWidths {
  /// Between two columns.
  static final String GAP = "  ";

  private static final int NARROWEST = 8;

  private final int[] widths;

  private ColumnWidths(int[] widths) {
    this.widths = widths;
  }

  /// @param rows the cells of the rows that are measured
  /// @param limit how wide a row may be, or 0 for no limit
  static <T> ColumnWidths of(List<Column<T>> columns, List<List<String>> rows, int limit) {
    ColumnWidths measured = measure(columns, rows);
    int excess = measured.total() - limit;
    while (limit > 0 && excess-- > 0) {
      int widest = measured.widestText(columns);
      if (widest < 0 || measured.widths[widest] <= NARROWEST) {
        break;
      }
      measured.widths[widest]--;
    }
    return measured;
  }

  int of(int column) {
    return widths[column];
  }

  /// How wide a row is, gaps included.
  int total() {
    int total = GAP.length() * (widths.length - 1);
    for (int each : widths) {
      total += each;
    }
    return total;
  }

  private static <T> ColumnWidths measure(List<Column<T>> columns, List<List<String>> rows) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Printable.width(columns.get(i).name());
      for (List<String> cells : rows) {
        widths[i] = Math.max(widths[i], Printable.width(cells.get(i)));
      }
    }
    return new ColumnWidths(widths);
  }

  private <T> int widestText(List<Column<T>> columns) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      if (columns.get(i).align() == Column.Align.LEFT
          && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }
}
