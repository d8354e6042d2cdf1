package dev.mdp.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.error.Printable;
import dev.mdp.core.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultPrinterTest {
  private record Row(String name, @Nullable Double size, Instant at, String metadata) {}

  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.text("name", Row::name),
          Column.number("size", Row::size),
          Column.text("at", Row::at),
          Column.text("metadata", row -> new Json.Raw(row.metadata)));
  private static final List<Row> ROWS =
      List.of(
          new Row("SPY", 12.5, Instant.EPOCH, "{\"a\":1}"),
          new Row("a,\"b\"\n\u001b[2J", null, Instant.EPOCH.plusSeconds(1), "{}"));

  @Test
  void aTableAlignsNumbersRightAndEscapesControlCharacters() {
    assertThat(print(OutputFormat.TABLE, 0))
        .isEqualTo(
            """
            name              size  at                    metadata
            SPY               12.5  1970-01-01T00:00:00Z  {"a":1}
            a,"b"\\x0a\\x1b[2J     -  1970-01-01T00:00:01Z  {}
            """);
  }

  @Test
  void jsonIsOneEnvelope() {
    assertThat(print(OutputFormat.JSON, 0))
        .isEqualTo(
            "{\"schema\":\"mdp.x/v1\",\"ok\":true,\"data\":["
                + "{\"name\":\"SPY\",\"size\":12.5,\"at\":\"1970-01-01T00:00:00.000000Z\",\"metadata\":{\"a\":1}},"
                + "{\"name\":\"a,\\\"b\\\"\\n\\u001b[2J\",\"size\":null,\"at\":\"1970-01-01T00:00:01.000000Z\",\"metadata\":{}}"
                + "],\"error\":null}\n");
  }

  @Test
  void noRowsAreAnEmptyListNotNothing() {
    StringWriter out = new StringWriter();

    printer(out, OutputFormat.JSON, ZoneOffset.UTC, 0).print(COLUMNS, List.of());

    assertThat(out)
        .hasToString("{\"schema\":\"mdp.x/v1\",\"ok\":true,\"data\":[],\"error\":null}\n");
  }

  @Test
  void jsonLinesAreObjectsAndCsvIsQuoted() {
    assertThat(print(OutputFormat.JSONL, 0).lines())
        .hasSize(2)
        .allMatch(l -> l.startsWith("{\"name\""));
    assertThat(print(OutputFormat.CSV, 0))
        .isEqualTo(
            "name,size,at,metadata\n"
                + "SPY,12.5,1970-01-01T00:00:00.000000Z,\"{\"\"a\"\":1}\"\n"
                + "\"a,\"\"b\"\"\n\u001b[2J\",,1970-01-01T00:00:01.000000Z,{}\n");
  }

  @Test
  void noCellOfCsvIsAFormulaAndNumbersStayNumbers() {
    List<Column<Object>> columns =
        List.of(Column.text("text", row -> row), Column.number("number", row -> row));
    StringWriter out = new StringWriter();

    printer(out, OutputFormat.CSV, ZoneOffset.UTC, 0)
        .print(
            columns,
            List.<Object>of(
                "=1+2", "+1", "-1.5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=\"a\",b", "a=1", -1.5));

    assertThat(out.toString())
        .isEqualTo(
            "text,number\n'=1+2,'=1+2\n'+1,+1\n'-1.5,-1.5\n'@SUM(A1),'@SUM(A1)\n'\t=1,'\t=1\n"
                + "\"'\r=1\",\"'\r=1\"\n\"'\n=1\",\"'\n=1\"\n"
                + "\"'=\"\"a\"\",b\",\"'=\"\"a\"\",b\"\na=1,a=1\n-1.5,-1.5\n");
  }

  @Test
  void oneObjectAsCsvIsNoFormulaEither() {
    StringWriter out = new StringWriter();

    printer(out, OutputFormat.CSV, ZoneOffset.UTC, 0)
        .object(Map.of("reason", "=cmd|' /C calc'!A0"));

    assertThat(out).hasToString("reason\n'=cmd|' /C calc'!A0\n");
  }

  @Test
  void theZoneChangesTablesOnly() {
    StringWriter table = new StringWriter();
    StringWriter csv = new StringWriter();
    ZoneId newYork = ZoneId.of("America/New_York");

    printer(table, OutputFormat.TABLE, newYork, 0).print(COLUMNS, ROWS);
    printer(csv, OutputFormat.CSV, newYork, 0).print(COLUMNS, ROWS);

    assertThat(table.toString()).contains("1969-12-31T19:00:00-05:00");
    assertThat(csv.toString()).contains("1970-01-01T00:00:00.000000Z").doesNotContain("-05:00");
  }

  @Test
  void onANarrowTerminalTheWidestTextIsCutAndEveryRowFits() {
    List<Column<String>> columns =
        List.of(Column.text("short", _ -> "abc"), Column.text("long", text -> text));
    StringWriter out = new StringWriter();

    printer(out, OutputFormat.TABLE, ZoneOffset.UTC, 30)
        .print(columns, List.of("x".repeat(99), "汉".repeat(50)));

    assertThat(out.toString().lines()).allMatch(line -> Printable.width(line) <= 30);
    assertThat(out.toString()).contains("xxx…").contains("汉…");
  }

  @Test
  void manyRowsAreNotHeldBack() {
    StringWriter out = new StringWriter();
    RowSink<Row> sink = printer(out, OutputFormat.TABLE, ZoneOffset.UTC, 0).rows(COLUMNS);

    for (int i = 0; i < 1_500; i++) {
      sink.row(ROWS.getFirst());
    }
    assertThat(out.toString().lines()).hasSize(1_501);
    sink.end();
    assertThat(out.toString().lines()).hasSize(1_501);
  }

  @Test
  void anObjectIsALineForEachValue() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("id", 7);
    object.put("error", null);
    StringWriter table = new StringWriter();
    StringWriter json = new StringWriter();
    StringWriter csv = new StringWriter();

    printer(table, OutputFormat.TABLE, ZoneOffset.UTC, 0).object(object);
    printer(json, OutputFormat.JSON, ZoneOffset.UTC, 0).object(object);
    printer(csv, OutputFormat.CSV, ZoneOffset.UTC, 0).object(object);

    assertThat(table).hasToString("id     7\nerror  -\n");
    assertThat(json.toString()).contains("\"data\":{\"id\":7,\"error\":null}");
    assertThat(csv).hasToString("id,error\n7,\n");
  }

  @Test
  void directionMarksAreEscapedAndWideCharactersCounted() {
    assertThat(Printable.text("a\u202eb")).isEqualTo("a\\u202eb");
    assertThat(Printable.width("汉a")).isEqualTo(3);
    assertThat(Printable.cut("汉字", 3)).isEqualTo("汉…");
  }

  private static String print(OutputFormat format, int width) {
    StringWriter out = new StringWriter();
    printer(out, format, ZoneOffset.UTC, width).print(COLUMNS, ROWS);
    return out.toString();
  }

  private static ResultPrinter printer(
      StringWriter out, OutputFormat format, ZoneId zone, int width) {
    return new ResultPrinter(new PrintWriter(out), format, "mdp.x/v1", zone, width);
  }
}
