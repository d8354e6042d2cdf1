package dev.mdp.cli.output;

import dev.mdp.core.error.Printable;
import dev.mdp.core.json.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows for people, in columns. The first rows decide the widths; on a terminal the widest text
/// columns are cut until a row fits. Where not even the narrowest columns fit, each row is a
/// separate block with a line for each column. Control characters are escaped.
final class TextTable<T> implements RowSink<T> {
  private static final int ROWS_MEASURED = 1_000;

  private final PrintWriter out;
  private final List<Column<T>> columns;
  private final ZoneId zone;
  private final int width;
  private final List<List<String>> held = new ArrayList<>();
  private @Nullable ColumnWidths widths;
  private boolean blocks;

  /// @param width columns of the terminal, or 0 for no limit
  TextTable(PrintWriter out, List<Column<T>> columns, ZoneId zone, int width) {
    this.out = out;
    this.columns = List.copyOf(columns);
    this.zone = zone;
    this.width = width;
  }

  @Override
  public void row(T row) {
    List<String> cells = new ArrayList<>(columns.size());
    for (Column<T> column : columns) {
      cells.add(cell(column.value().apply(row), zone));
    }
    if (widths != null) {
      print(cells, widths);
      return;
    }
    if (blocks) {
      printBlock(cells);
      return;
    }
    held.add(cells);
    if (held.size() == ROWS_MEASURED) {
      printHeld();
    }
  }

  @Override
  public void end() {
    if (widths == null && !blocks) {
      printHeld();
    }
    out.flush();
  }

  static String cell(@Nullable Object value, ZoneId zone) {
    return switch (value) {
      case null -> "-";
      case List<?> items when items.isEmpty() -> "-";
      case String text when text.isEmpty() -> "-";
      case Instant time when zone.equals(ZoneOffset.UTC) || zone.getId().equals("UTC") ->
          time.toString();
      case Instant time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(zone));
      case Json.Raw raw -> Printable.text(raw.text());
      case Map<?, ?> map -> Printable.text(Json.write(map));
      case List<?> items ->
          Printable.text(String.join(",", items.stream().map(String::valueOf).toList()));
      default -> Printable.text(value.toString());
    };
  }

  private void printHeld() {
    ColumnWidths measured = ColumnWidths.of(columns, held, width);
    if (width > 0 && measured.total() > width && !held.isEmpty()) {
      blocks = true;
      held.forEach(this::printBlock);
      held.clear();
      return;
    }
    widths = measured;
    print(columns.stream().map(Column::name).toList(), measured);
    held.forEach(cells -> print(cells, measured));
    held.clear();
  }

  private void printBlock(List<String> cells) {
    int names = columns.stream().mapToInt(column -> Printable.width(column.name())).max().orElse(0);
    for (int i = 0; i < cells.size(); i++) {
      String name = columns.get(i).name();
      out.println(
          name + " ".repeat(names - Printable.width(name)) + ColumnWidths.GAP + cells.get(i));
    }
    out.println();
  }

  private void print(List<String> cells, ColumnWidths measured) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      String text = width > 0 ? Printable.cut(cells.get(i), measured.of(i)) : cells.get(i);
      String pad = " ".repeat(Math.max(0, measured.of(i) - Printable.width(text)));
      line.append(i == 0 ? "" : ColumnWidths.GAP);
      line.append(columns.get(i).align() == Column.Align.RIGHT ? pad + text : text + pad);
    }
    out.println(line.toString().stripTrailing());
  }
}
