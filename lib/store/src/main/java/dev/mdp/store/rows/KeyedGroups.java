package dev.mdp.store.rows;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/// Cuts a batch into groups whose keys are so close together that the range of the index from their
/// first to their last time, for all their texts, holds few other rows; and says that range in SQL.
///
/// @param texts the columns of the key that are texts
/// @param time the column of the key that is a time
/// @param stepMicros how far the table's next row is from a row, about
record KeyedGroups<T>(
    List<RowColumn.Text<T>> texts, RowColumn.Time<T> time, ToLongFunction<T> stepMicros) {
  /// A range has room for this many rows for each row of its group.
  static final long MOST_TIMES = 64;

  static <T> KeyedGroups<T> of(List<RowColumn<T>> key, ToLongFunction<T> stepMicros) {
    List<RowColumn.Text<T>> texts = new ArrayList<>();
    RowColumn.Time<T> time = null;
    for (RowColumn<T> column : key) {
      if (column instanceof RowColumn.Text<T> text) {
        texts.add(text);
      } else if (column instanceof RowColumn.Time<T> only) {
        time = only;
      }
    }
    if (time == null) {
      throw new IllegalArgumentException("a key without a time: " + key);
    }
    return new KeyedGroups<>(List.copyOf(texts), time, stepMicros);
  }

  /// The groups, from the earliest to the latest; each in the order of the batch, so that writers
  /// of sorted batches take their locks in one order.
  List<List<T>> cut(List<T> rows) {
    List<Integer> inTime = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      inTime.add(i);
    }
    inTime.sort(Comparator.comparingLong(i -> time.value().applyAsLong(rows.get(i))));
    List<List<T>> groups = new ArrayList<>();
    Group<T> group = new Group<>(this, rows);
    for (int row : inTime) {
      if (!group.add(row)) {
        groups.add(group.inOrder());
        group = new Group<>(this, rows);
        group.add(row);
      }
    }
    groups.add(group.inOrder());
    return groups;
  }

  /// ` AND b.provider = ANY (?) … AND b.ts BETWEEN ? AND ?`
  String bounds(String row) {
    StringBuilder bounds = new StringBuilder();
    for (RowColumn.Text<T> text : texts) {
      bounds.append(" AND %s.%s = ANY (?::text[])".formatted(row, text.name()));
    }
    bounds.append(
        " AND %s.%s BETWEEN ?::timestamptz AND ?::timestamptz".formatted(row, time.name()));
    return bounds.toString();
  }

  /// Binds what [#bounds] asks for.
  void bind(PreparedStatement statement, int index, List<T> group) throws SQLException {
    int next = index;
    for (RowColumn.Text<T> text : texts) {
      Object[] values = group.stream().map(text.value()).distinct().toArray();
      statement.setArray(next++, statement.getConnection().createArrayOf("text", values));
    }
    RowTable.bindRange(statement, next, group, time.value());
  }

  /// Rows in the order of time, as long as they belong together.
  private static final class Group<T> {
    private final KeyedGroups<T> by;
    private final List<T> batch;
    private final List<Integer> members = new ArrayList<>();
    private final List<Set<String>> values = new ArrayList<>();
    private long step = Long.MAX_VALUE;

    Group(KeyedGroups<T> by, List<T> batch) {
      this.by = by;
      this.batch = batch;
      by.texts.forEach(_ -> values.add(new HashSet<>()));
    }

    /// Returns false, and adds nothing, when the row is too far from the others.
    ///
    /// @param index of a row that is not earlier than the others
    boolean add(int index) {
      T row = batch.get(index);
      long least = Math.min(step, Math.max(1, by.stepMicros.applyAsLong(row)));
      if (!members.isEmpty() && room(row, least) > MOST_TIMES * (members.size() + 1.0)) {
        return false;
      }
      step = least;
      members.add(index);
      for (int i = 0; i < values.size(); i++) {
        values.get(i).add(text(i, row));
      }
      return true;
    }

    List<T> inOrder() {
      return members.stream().sorted().map(batch::get).toList();
    }

    /// How many rows the range may hold when this row is one of the group.
    private double room(T row, long least) {
      ToLongFunction<T> time = by.time.value();
      long length = time.applyAsLong(row) - time.applyAsLong(batch.get(members.getFirst()));
      double room = (double) length / least + 1;
      for (int i = 0; i < values.size(); i++) {
        Set<String> known = values.get(i);
        room *= known.size() + (known.contains(text(i, row)) ? 0 : 1);
      }
      return room;
    }

    private String text(int index, T row) {
      return by.texts.get(index).value().apply(row);
    }
  }
}
