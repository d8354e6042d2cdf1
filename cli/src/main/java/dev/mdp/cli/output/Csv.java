package dev.mdp.cli.output;

import dev.mdp.core.json.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows as RFC 4180 lines with a header; absent values are empty, times are UTC.
final class Csv<T> implements RowSink<T> {
  private final PrintWriter out;
  private final List<Column<T>> columns;

  Csv(PrintWriter out, List<Column<T>> columns) {
    this.out = out;
    this.columns = List.copyOf(columns);
    line(this.columns.stream().map(column -> quoted(column.name())).toList());
  }

  @Override
  public void row(T row) {
    line(columns.stream().map(column -> quoted(text(column.value().apply(row)))).toList());
  }

  @Override
  public void end() {
    out.flush();
  }

  private void line(List<String> fields) {
    out.print(String.join(",", fields));
    out.print('\n');
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Json.Raw raw -> raw.text();
      case Map<?, ?> map -> Json.write(map);
      case List<?> items -> Json.write(items);
      case Instant time -> Json.text(time);
      default -> value.toString();
    };
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
