package dev.mdp.core.store;

import dev.mdp.core.bus.Anchor;
import dev.mdp.core.bus.Position;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far a stateless group is stored, as the database says.
///
/// @param server which start of which server said it: after another one the database may have gone
///   back; empty where nothing was asked yet
/// @param byShard a shard that is not there has no mark
public record StoredMarks(String server, SortedMap<Integer, Mark> byShard) {
  /// Nothing was asked yet.
  public static final StoredMarks UNKNOWN = new StoredMarks("", new TreeMap<>());

  /// @param position every entry at or before it is stored
  /// @param anchor an entry at or before it by which the log is known again
  public record Mark(Position position, Optional<Anchor> anchor) {
    /// Nothing is stored.
    public static final Mark NONE = new Mark(Position.START, Optional.empty());
  }

  public StoredMarks {
    byShard = Collections.unmodifiableSortedMap(new TreeMap<>(byShard));
  }

  public Mark of(int shard) {
    return byShard.getOrDefault(shard, Mark.NONE);
  }

  /// The same with another mark of one shard.
  public StoredMarks with(int shard, Mark mark) {
    SortedMap<Integer, Mark> changed = new TreeMap<>(byShard);
    changed.put(shard, mark);
    return new StoredMarks(server, changed);
  }

  /// Whether these marks, read later, show that the database lost what it had when the others were
  /// read.
  public boolean wentBackSince(StoredMarks before) {
    return before.byShard.entrySet().stream()
        .anyMatch(known -> known.getValue().position().isAfter(of(known.getKey()).position()));
  }

  /// Marks without anchors.
  public static Map<Integer, Mark> at(Map<Integer, Position> positions) {
    Map<Integer, Mark> marks = new TreeMap<>();
    positions.forEach((shard, position) -> marks.put(shard, new Mark(position, Optional.empty())));
    return marks;
  }
}
