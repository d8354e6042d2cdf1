package dev.mdp.cli.history;

import dev.mdp.cli.output.CsvText;
import dev.mdp.core.event.Micros;
import dev.mdp.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Rows as lines of CSV or JSON, field by field in the order of their names. Times are RFC 3339 UTC
/// with microseconds, numbers the shortest decimal that reads as the same double; what is absent is
/// empty in CSV and left out of JSON. One thread.
final class LineFormat {
  /// The forms of an export.
  enum Form {
    CSV,
    JSONL
  }

  private final Form form;
  private final List<String> names;
  private final StringBuilder line = new StringBuilder(1 << 16);
  private final Map<String, String> written = new HashMap<>();
  private int field;
  private boolean first = true;

  LineFormat(Form form, String... names) {
    this.form = form;
    this.names = List.of(names);
    if (form == Form.CSV) {
      line.append(String.join(",", names)).append('\n');
    }
  }

  /// A name; those are few, so their quoted forms are kept.
  LineFormat text(String value) {
    return put(written.computeIfAbsent(value, this::quoted));
  }

  LineFormat time(long micros) {
    String text = Micros.format(micros);
    return put(form == Form.CSV ? text : '"' + text + '"');
  }

  LineFormat whole(long value) {
    return put(Long.toString(value));
  }

  /// NaN is absent.
  LineFormat number(double value) {
    if (Double.isNaN(value)) {
      return absent();
    }
    String text = Double.toString(value);
    if (text.endsWith(".0")) {
      return put(text.substring(0, text.length() - 2));
    }
    return put(text.contains(".0E") ? text.replace(".0E", "E") : text);
  }

  LineFormat absent() {
    if (form == Form.CSV) {
      return put("");
    }
    field++;
    return this;
  }

  void end() {
    line.append(form == Form.CSV ? "\n" : first ? "{}\n" : "}\n");
    field = 0;
    first = true;
  }

  /// Hands over the lines so far.
  void drainTo(Appendable out) {
    try {
      out.append(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    line.setLength(0);
  }

  private LineFormat put(String value) {
    if (form == Form.CSV) {
      line.append(field == 0 ? "" : ",").append(value);
    } else {
      line.append(first ? "{\"" : ",\"").append(names.get(field)).append("\":").append(value);
    }
    first = false;
    field++;
    return this;
  }

  private String quoted(String text) {
    if (form == Form.JSONL) {
      return Json.write(text);
    }
    return CsvText.cell(text);
  }
}
