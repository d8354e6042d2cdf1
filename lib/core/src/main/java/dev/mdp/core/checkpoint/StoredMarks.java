package dev.mdp.core.checkpoint;

import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far a stateless group is stored, as the database says.
///
/// @param server which start of which server said it, and of which table: after another one the
///   database may have gone back; empty where nothing was asked yet
/// @param byShard a shard that is not there has no mark
public record StoredMarks(String server, SortedMap<Integer, Mark> byShard) {
  /// Nothing was asked yet.
  public static final StoredMarks UNKNOWN = new StoredMarks("", new TreeMap<>());

  /// @param position every entry at or before it is stored
  /// @param anchor an entry at or before it by which the log is known again
  /// @param alignment since when the group's acknowledgements say what is stored
  public record Mark(Position position, Optional<LogAnchor> anchor, Alignment alignment) {
    /// Nothing is stored.
    public static final Mark NONE = new Mark(Position.START, Optional.empty(), Alignment.NONE);
  }

  /// The group on the bus was moved to the mark by a member that knew this server. Whatever is
  /// acknowledged to that generation of the group was committed to this server or a later one.
  ///
  /// @param server as in [StoredMarks]
  /// @param generation of the group in the shard, which the move made
  public record Alignment(String server, String generation) {
    public static final Alignment NONE = new Alignment("", "");
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
}
