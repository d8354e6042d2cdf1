package dev.mdp.core.bus;

import java.util.List;

/// Counts the entries of a shard by reading them, from both ends of the log at once: the cost is
/// that of the shorter way.
final class EntryCount {
  private static final int PAGE = 1_000;
  private static final int MOST = 100_000;

  private final BusInspector inspector;
  private final String topic;
  private final int shard;

  EntryCount(BusInspector inspector, String topic, int shard) {
    this.inspector = inspector;
    this.topic = topic;
    this.shard = shard;
  }

  /// How many entries are after this position. Beyond [#MOST] on both sides it is the log's length,
  /// shared out as its time is.
  long after(Position position) {
    LogBounds bounds = inspector.bounds(topic, shard);
    if (bounds.first().isEmpty() || !bounds.last().orElseThrow().isAfter(position)) {
      return 0;
    }
    if (bounds.first().get().isAfter(position)) {
      return bounds.length();
    }
    Way up = new Way(next(position), bounds.last().get());
    Way before = new Way(bounds.first().get(), position);
    while (up.counted < MOST) {
      if (up.isAtEnd()) {
        return up.counted;
      }
      if (before.isAtEnd()) {
        return Math.max(0, bounds.length() - before.counted);
      }
    }
    return estimate(bounds, position);
  }

  private static long estimate(LogBounds bounds, Position position) {
    double first = bounds.first().orElseThrow().major();
    double last = bounds.last().orElseThrow().major();
    double share = last > first ? (last - position.major()) / (last - first) : 0.5;
    return Math.clamp(Math.round(bounds.length() * share), MOST, bounds.length());
  }

  private static Position next(Position position) {
    return new Position(position.major(), position.minor() + 1);
  }

  /// From one position to another, both included, a page at a time.
  private final class Way {
    private final Position end;
    private Position next;
    private long counted;

    Way(Position first, Position end) {
      this.next = first;
      this.end = end;
    }

    /// Continues by a page; returns whether the end is reached.
    boolean isAtEnd() {
      List<LogEntry> page = inspector.read(topic, shard, next, PAGE);
      for (LogEntry entry : page) {
        if (entry.position().isAfter(end)) {
          return true;
        }
        counted++;
      }
      if (page.size() < PAGE) {
        return true;
      }
      next = next(page.getLast().position());
      return false;
    }
  }
}
