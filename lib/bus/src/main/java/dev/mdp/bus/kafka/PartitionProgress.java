package dev.mdp.bus.kafka;

import dev.mdp.core.bus.Position;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/// How far a group's member has come in one partition it was assigned: what was given to the caller
/// and what of it is acknowledged. One thread.
///
/// The offset that the group commits is the low-water mark: everything before it is acknowledged.
/// Its metadata says up to where entries were given out at all: those before it may have been used
/// by the member that gave them out, and come as redelivered.
final class PartitionProgress {
  private static final String GIVEN = "given=";

  private final ArrayDeque<Long> held = new ArrayDeque<>();
  private final Set<Long> acknowledged = new HashSet<>();
  private final long redeliveredBefore;
  private long lowWater;
  private long next;

  private PartitionProgress(long lowWater, long redeliveredBefore) {
    this.lowWater = lowWater;
    this.next = lowWater;
    this.redeliveredBefore = redeliveredBefore;
  }

  /// @param committed null for a group that has committed nothing
  /// @param begin the log's first offset
  static PartitionProgress from(@Nullable OffsetAndMetadata committed, long begin) {
    return committed == null
        ? new PartitionProgress(begin, begin)
        : new PartitionProgress(committed.offset(), Math.max(given(committed), committed.offset()));
  }

  /// The group continues at this offset; what was given by now comes as redelivered.
  PartitionProgress movedTo(long offset) {
    return new PartitionProgress(offset, Math.max(next, redeliveredBefore));
  }

  /// The first offset that was not given to the caller yet.
  long next() {
    return next;
  }

  /// The entry at this offset is given to the caller; returns whether someone was given it before.
  boolean give(long offset) {
    held.add(offset);
    next = offset + 1;
    return offset < redeliveredBefore;
  }

  /// The newest entry given is not given after all.
  void takeBack(Position position) {
    held.remove(position.major());
    next = Math.min(next, position.major());
  }

  void acknowledge(Position position) {
    if (position.major() < lowWater) {
      return; // it was before, and the commit that said so failed
    }
    acknowledged.add(position.major());
    while (!held.isEmpty() && acknowledged.remove(held.peek())) {
      held.poll();
    }
    lowWater = held.isEmpty() ? next : held.element();
  }

  /// The entries before this offset are gone.
  void skipTo(long offset) {
    next = offset;
    if (held.isEmpty()) {
      lowWater = offset;
    }
  }

  Position lowWater() {
    return Offsets.before(lowWater);
  }

  OffsetAndMetadata commit() {
    return new OffsetAndMetadata(lowWater, GIVEN + Math.max(next, redeliveredBefore));
  }

  private static long given(OffsetAndMetadata committed) {
    String said = committed.metadata();
    return said.matches(GIVEN + "[0-9]{1,18}") ? Long.parseLong(said.substring(GIVEN.length())) : 0;
  }
}
