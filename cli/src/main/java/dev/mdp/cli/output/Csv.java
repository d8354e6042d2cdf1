package dev.mdp.cli.output;

import dev.mdp.core.json.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows as RFC 4180 lines with a header; absent values are empty, times are UTC, and no text is a
/// formula for a spreadsheet.
final class Csv<T> implements RowSink<T> {
  private final PrintWriter out;
  private final List<Column<T>> columns;

  Csv(PrintWriter out, List<Column<T>> columns) {
    this.out = out;
    this.columns = List.copyOf(columns);
    line(this.columns.stream().map(column -> CsvText.quoted(column.name())).toList());
  }

  @Override
  public void row(T row) {
    line(columns.stream().map(column -> cell(column, column.value().apply(row))).toList());
  }

  @Override
  public void end() {
    out.flush();
  }

  private void line(List<String> fields) {
    out.print(String.join(",", fields));
    out.print('\n');
  }

  private static <T> String cell(Column<T> column, @Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Number number -> number.toString();
      case Json.Raw raw -> CsvText.number(raw.text());
      case Map<?, ?> map -> CsvText.quoted(Json.write(map));
      case List<?> items -> CsvText.quoted(Json.write(items));
      case Instant time -> Json.text(time);
      default ->
          column.align() == Column.Align.RIGHT
              ? CsvText.number(value.toString())
              : CsvText.cell(value.toString());
    };
  }
}
