package dev.mdp.providers.dataset;

import dev.mdp.core.error.Problems;
import dev.mdp.core.error.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which field of a record means what.
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record CsvHeader(MappedColumn[][] columnsByField) {
  private static final MappedColumn[] NOTHING = {};
  private static final int MAX_SHOWN = 40;

  /// Finds the mapped columns by name; tells every one that is not there, and what is.
  static CsvHeader named(InputFile file, long line, List<String> names, ColumnMapping mapping) {
    Problems problems = new Problems();
    CsvHeader header = unmapped(names.size());
    for (MappedColumn column : mapping.mapped()) {
      String name = String.valueOf(mapping.path(column));
      int field = names.indexOf(name);
      if (field < 0) {
        problems.add("", unknown(column, name, names));
      } else if (field != names.lastIndexOf(name)) {
        problems.add("", "%s: two columns are named %s".formatted(column.word(), Quoted.of(name)));
      } else {
        header.add(field, column);
      }
    }
    problems.throwIfAny(
        all -> file.error(line, all.replace("\n", "; ") + thereAre(names) + hint(names)));
    return header;
  }

  /// Takes the mapped columns by their number from 1.
  static CsvHeader numbered(InputFile file, long line, int count, ColumnMapping mapping) {
    CsvHeader header = unmapped(count);
    for (MappedColumn column : mapping.mapped()) {
      int number = Integer.parseInt(String.valueOf(mapping.path(column)));
      if (number > count) {
        throw file.error(
            line, "%s: no column %d, the line has %d".formatted(column.word(), number, count));
      }
      header.add(number - 1, column);
    }
    return header;
  }

  int columns() {
    return columnsByField.length;
  }

  /// The mapped fields of a record that was taken whole.
  void pick(List<String> fields, @Nullable String[] texts) {
    for (int i = 0; i < fields.size(); i++) {
      for (MappedColumn column : columnsByField[i]) {
        texts[column.ordinal()] = fields.get(i).isEmpty() ? null : fields.get(i);
      }
    }
  }

  private static CsvHeader unmapped(int count) {
    return new CsvHeader(
        IntStream.range(0, count).mapToObj(_ -> NOTHING).toArray(MappedColumn[][]::new));
  }

  private void add(int field, MappedColumn column) {
    MappedColumn[] before = columnsByField[field];
    MappedColumn[] more = Arrays.copyOf(before, before.length + 1);
    more[before.length] = column;
    columnsByField[field] = more;
  }

  private static String unknown(MappedColumn column, String name, List<String> names) {
    return "%s: no column %s%s"
        .formatted(
            column.word(),
            Quoted.of(name),
            Suggestions.nearest(name, names)
                .map(near -> " — did you mean " + Quoted.of(near) + "?")
                .orElse(""));
  }

  private static String thereAre(List<String> names) {
    return names.stream()
        .limit(MAX_SHOWN)
        .map(Quoted::of)
        .collect(
            Collectors.joining(
                ", ", " (the columns are ", names.size() > MAX_SHOWN ? ", …)" : ")"));
  }

  /// What the file may be instead, and the key that says so.
  private static String hint(List<String> names) {
    String first = names.getFirst();
    if (names.size() == 1) {
      return first
          .chars()
          .filter(c -> ",;|\t".indexOf(c) >= 0)
          .mapToObj(c -> c == '\t' ? "\\t" : Character.toString(c))
          .findFirst()
          .map(c -> "; one column only: set delimiter: \"" + c + "\"?")
          .orElse("");
    }
    return first.matches("[0-9.]+")
        ? "; no header? set header: false and map columns by number"
        : "";
  }
}
