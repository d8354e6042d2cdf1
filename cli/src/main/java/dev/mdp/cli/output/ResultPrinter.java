package dev.mdp.cli.output;

import dev.mdp.core.error.Printable;
import dev.mdp.core.json.Json;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prints the results of one command in the chosen form.
///
/// @param schema name and version of what the rows mean, e.g. `mdp.job_runs.list/v1`
/// @param zone of the times in tables; JSON and CSV are UTC always
/// @param width columns of the terminal, or 0 for no limit
public record ResultPrinter(
    PrintWriter out, OutputFormat format, String schema, ZoneId zone, int width) {

  public <T> void print(List<Column<T>> columns, Iterable<T> rows) {
    RowSink<T> sink = rows(columns);
    rows.forEach(sink::row);
    sink.end();
  }

  /// For rows that come one by one; tables and envelopes hold them back until the end.
  public <T> RowSink<T> rows(List<Column<T>> columns) {
    return switch (format) {
      case TABLE -> new TextTable<>(out, columns, zone, width);
      case JSON -> new JsonSinks.Envelope<>(out, schema, columns, new StringBuilder());
      case JSONL -> new JsonSinks.Lines<>(out, columns);
      case CSV -> new Csv<>(out, columns);
    };
  }

  /// One object: in a table a line for each of its values.
  public void object(Map<String, @Nullable Object> object) {
    switch (format) {
      case JSON -> JsonSinks.print(out, schema, Json.write(object));
      case JSONL -> {
        out.println(Json.write(object));
        out.flush();
      }
      case TABLE -> {
        int names = object.keySet().stream().mapToInt(Printable::width).max().orElse(0);
        object.forEach((name, value) ->
            out.println(
                name
                    + " ".repeat(names - Printable.width(name) + 2)
                    + TextTable.cell(value, zone)));
        out.flush();
      }
      case CSV -> {
        RowSink<Map<String, @Nullable Object>> csv =
            new Csv<>(
                out,
                object.keySet().stream()
                    .map(name ->
                        Column.<Map<String, @Nullable Object>>text(name, row -> row.get(name)))
                    .toList());
        csv.row(object);
        csv.end();
      }
    }
  }
}
