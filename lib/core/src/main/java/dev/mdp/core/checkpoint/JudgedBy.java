package dev.mdp.core.checkpoint;

import dev.mdp.core.bus.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The settings by which the entries before a checkpoint were judged: read again, they are judged
/// by the same ones, whatever the configuration says by then.
///
/// @param maxFuture the values of `max_future_ms`, each with the last entry that it judged, in the
///   order of the log; empty in rows from before they were kept
/// @param reach how far back the resume position lets features look; empty where it is not known,
///   or where nothing is evaluated
public record JudgedBy(List<MaxFuture> maxFuture, Optional<Reach> reach) {
  public static final JudgedBy UNKNOWN = new JudgedBy(List.of(), Optional.empty());

  /// How many changes are distinguished; of more the oldest are taken for one.
  private static final int MOST = 64;

  /// @param through the last entry that was judged by it
  public record MaxFuture(Position through, long micros) {}

  /// @param micros how far behind a lane's watermark everything is read again
  /// @param silenceMicros after how long a silence horizons begin again
  /// @param clockMicros the log's clock when that was so: who was silent by then was not waited
  ///   for; [LaneProgress#BEFORE_ALL] where it is not known
  public record Reach(long micros, long silenceMicros, long clockMicros) {
    public Reach(long micros, long silenceMicros) {
      this(micros, silenceMicros, LaneProgress.BEFORE_ALL);
    }

    public Reach at(long newClockMicros) {
      return new Reach(micros, silenceMicros, newClockMicros);
    }
  }

  public JudgedBy {
    maxFuture = List.copyOf(maxFuture);
  }

  /// What judged this entry.
  ///
  /// @param configured judges what no checkpoint has passed
  public long maxFutureOf(Position entry, long configured) {
    for (MaxFuture each : maxFuture) {
      if (!entry.isAfter(each.through)) {
        return each.micros;
      }
    }
    return configured;
  }

  /// The largest value that judged any entry, or this one.
  public long largestMaxFuture(long configured) {
    return Math.max(
        configured, maxFuture.stream().mapToLong(MaxFuture::micros).max().orElse(configured));
  }

  /// The value that judged last; empty when none is known.
  public Optional<Long> lastMaxFuture() {
    return maxFuture.isEmpty() ? Optional.empty() : Optional.of(maxFuture.getLast().micros);
  }

  /// The same when this value has judged everything after it up to this entry.
  public JudgedBy andThen(Position through, long micros) {
    if (through.equals(Position.START)
        || (!maxFuture.isEmpty() && !through.isAfter(maxFuture.getLast().through))) {
      return this;
    }
    List<MaxFuture> all = new ArrayList<>(maxFuture);
    if (!all.isEmpty() && all.getLast().micros == micros) {
      all.removeLast();
    }
    all.add(new MaxFuture(through, micros));
    return new JudgedBy(all.subList(Math.max(0, all.size() - MOST), all.size()), reach);
  }

  public JudgedBy withReach(Optional<Reach> other) {
    return new JudgedBy(maxFuture, other);
  }
}
