package dev.mdp.core.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads one shard's log by position: no group, no acks, as often as wanted. One thread at a time.
/// Every method throws [dev.mdp.core.error.UnavailableException] when the bus is away; the place of
/// reading is kept.
public interface ShardSubscription extends AutoCloseable {
  int shard();

  /// The next poll begins with the first entry at or after this position.
  void seek(Position first);

  /// As [#seek], where it is known and accepted that entries are gone from there on.
  default void seekPastLoss(Position first) {
    seek(first);
  }

  /// Up to `max` entries in log order; waits at most `wait` for the first one; empty when there was
  /// none.
  List<Delivery> poll(int max, Duration wait);

  /// Whether the last poll came to the log's end, as it was then. A poll may bring fewer than `max`
  /// entries and yet not be at the end.
  boolean reachedEnd();

  /// A position from which on every entry lies that was appended at this time or later; entries
  /// before that time may be there, too.
  Position appendedSince(long appendMicros);

  /// Where the log begins and ends now.
  LogBounds bounds();

  /// Names the life of the server that holds the log. Under another name the log may lack entries
  /// that were acknowledged before, though those before them are there. Empty where what is
  /// acknowledged outlives the server, or where it cannot be known.
  default String incarnation() {
    return "";
  }

  /// The entry at exactly this position, or empty when the log no longer has it.
  Optional<LogAnchor> anchor(Position position);

  /// A hint: this entry, which the last poll gave, may become a checkpoint's resume position, and
  /// its [#anchor] be asked for. A bus on which one entry is dear to look up keeps it at hand,
  /// until that of a later one is asked for or reading begins elsewhere; [#anchor] works without
  /// it, too.
  default void keepAnchor(Position entry) {}

  /// Whether nothing that came after this entry, which was read from the log, was cut off it
  /// unread. A log is cut from its head: while the entry itself is there, nothing was.
  default boolean isWholeAfter(Position read) {
    return anchor(read).isPresent();
  }

  /// Removes entries that are strictly before this position and were appended before this time; may
  /// leave some of them. Does nothing on a bus that keeps its log short by itself.
  void trimBefore(Position position, Instant appendedBefore);

  /// Whether the bus will soon refuse entries because its memory is used up, so that room matters
  /// more than retention.
  default boolean isShortOfMemory() {
    return false;
  }

  /// Reports to the bus's own tools how far a group has come; creates the group where it is
  /// missing.
  void mirror(String group, Position position);

  @Override
  void close();
}
