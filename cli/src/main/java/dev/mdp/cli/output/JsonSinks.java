package dev.mdp.cli.output;

import dev.mdp.core.json.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows as JSON objects.
final class JsonSinks {
  private JsonSinks() {}

  /// One envelope with all rows. They are held until the end: whether `ok` is true is known only
  /// then.
  record Envelope<T>(PrintWriter out, String schema, List<Column<T>> columns, StringBuilder rows)
      implements RowSink<T> {
    @Override
    public void row(T row) {
      rows.append(rows.isEmpty() ? "" : ",").append(object(columns, row));
    }

    @Override
    public void end() {
      print(out, schema, "[" + rows + "]");
    }
  }

  /// One object a line, written at once.
  record Lines<T>(PrintWriter out, List<Column<T>> columns) implements RowSink<T> {
    @Override
    public void row(T row) {
      out.println(object(columns, row));
    }

    @Override
    public void end() {
      out.flush();
    }
  }

  static void print(PrintWriter out, String schema, String data) {
    out.println(
        "{\"schema\":" + Json.write(schema) + ",\"ok\":true,\"data\":" + data + ",\"error\":null}");
    out.flush();
  }

  private static <T> String object(List<Column<T>> columns, T row) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    columns.forEach(column -> object.put(column.name(), column.value().apply(row)));
    return Json.write(object);
  }
}
