package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Position;
import java.util.ArrayDeque;
import java.util.Optional;

/// Where in the log a lane's reading must begin again, so that every entry that a later evaluation
/// needs is read: the entry that brought the watermark to the reach's beginning. Every entry with a
/// later event time raised it further, and so is after. One thread.
final class ResumeMarks {
  private final long reachMicros;
  private final long stepMicros;
  private final ArrayDeque<Mark> marks = new ArrayDeque<>();

  /// @param step before it, the watermark was below
  private record Mark(long step, Position entry) {}

  /// @param reachMicros how far behind the watermark entries are needed
  /// @param stepMicros how finely that is known
  ResumeMarks(long reachMicros, long stepMicros) {
    this.reachMicros = reachMicros;
    this.stepMicros = stepMicros;
  }

  /// The watermark after this entry.
  void advance(long watermark, Position entry) {
    long step = Math.floorDiv(watermark, stepMicros) * stepMicros;
    if (!marks.isEmpty() && step <= marks.getLast().step()) {
      return;
    }
    marks.add(new Mark(step, entry));
    long needed = watermark - reachMicros;
    while (marks.size() > 1 && second().step() <= needed) {
      marks.removeFirst();
    }
  }

  private Mark second() {
    Mark first = marks.removeFirst();
    Mark second = marks.getFirst();
    marks.addFirst(first);
    return second;
  }

  /// Empty when nothing is needed.
  Optional<Position> first() {
    return marks.isEmpty() ? Optional.empty() : Optional.of(marks.getFirst().entry());
  }

  /// Whether the last mark is this entry.
  boolean endWith(Position entry) {
    return !marks.isEmpty() && marks.getLast().entry().equals(entry);
  }

  void clear() {
    marks.clear();
  }
}
