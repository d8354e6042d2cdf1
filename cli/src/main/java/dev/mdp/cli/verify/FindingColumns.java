package dev.mdp.cli.verify;

import dev.mdp.cli.output.Column;
import dev.mdp.core.audit.BarFinding;
import dev.mdp.core.event.Bar;
import dev.mdp.core.event.Micros;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a difference is printed: for people the values that differ, for programs both bars.
final class FindingColumns {
  private static final List<Column<BarFinding>> KEY =
      List.of(
          Column.text("verdict", row -> row.verdict().word()),
          Column.text("provider", row -> row.bar().provider()),
          Column.text("symbol", row -> row.bar().symbol().value()),
          Column.text("interval", row -> row.bar().interval().toString()),
          Column.text("ts", row -> Micros.instant(row.bar().startMicros())));

  private FindingColumns() {}

  static List<Column<BarFinding>> forPeople(BarHoles holes) {
    List<Column<BarFinding>> columns = new ArrayList<>(KEY);
    columns.add(Column.text("difference", FindingColumns::difference));
    columns.add(
        Column.text("hole", row -> holes.under(row.bar()).stream().map(BarHoles::text).toList()));
    return columns;
  }

  static List<Column<BarFinding>> forPrograms(BarHoles holes) {
    List<Column<BarFinding>> columns = new ArrayList<>(KEY);
    columns.add(Column.number("revision", row -> row.stored() == null ? null : row.revision()));
    columns.add(Column.text("stored", row -> values(row.stored())));
    columns.add(Column.text("recomputed", row -> values(row.recomputed())));
    columns.add(Column.text("holes", row -> BarHoles.objects(holes.under(row.bar()))));
    return columns;
  }

  /// `high 101.0 ≠ 100.0`: stored, then recomputed.
  private static String difference(BarFinding finding) {
    Map<String, @Nullable Object> stored = values(finding.stored());
    Map<String, @Nullable Object> recomputed = values(finding.recomputed());
    if (stored == null || recomputed == null) {
      Map<String, @Nullable Object> there = stored == null ? recomputed : stored;
      return (stored == null ? "no bar, " : "no ticks, bar of ")
          + (there == null ? "" : there.get("trade_count"))
          + " ticks";
    }
    List<String> parts = new ArrayList<>();
    stored.forEach((name, value) -> {
      Object other = recomputed.get(name);
      if (!String.valueOf(value).equals(String.valueOf(other))) {
        parts.add(name + " " + value + " ≠ " + other);
      }
    });
    return String.join(", ", parts);
  }

  private static @Nullable Map<String, @Nullable Object> values(@Nullable Bar bar) {
    if (bar == null) {
      return null;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("open", bar.open());
    values.put("high", bar.high());
    values.put("low", bar.low());
    values.put("close", bar.close());
    values.put("volume", bar.volume());
    values.put("vwap", Double.isNaN(bar.vwap()) ? null : bar.vwap());
    values.put("trade_count", bar.tradeCount());
    return values;
  }
}
