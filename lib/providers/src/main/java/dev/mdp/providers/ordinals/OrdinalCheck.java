package dev.mdp.providers.ordinals;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.source.FiniteSource;
import dev.mdp.core.store.StoredTicks.Moment;
import dev.mdp.providers.ordinals.Meetings.Met;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Whether a reading whose ticks are numbered by their order meets ticks of another reading. The
/// same files read again are met by exactly themselves; files that grew, or whose replay was ended
/// early, by a beginning of themselves: at most their last stored time is there in part. Everything
/// else is another reading's, which the same numbers would be mixed with. What is met at one time
/// only may be either: it is refused, too, unless a former reading is known to have begun with the
/// same tick. Memory: some thousand rows. One thread.
final class OrdinalCheck {
  private static final int ROWS = 5_000;

  private final String dataset;
  private final String provider;
  private final WholeMoments moments;
  private final KnownTicks known;
  private final Predicate<Tick> beganFormerReading;
  private final Meetings meetings = new Meetings();
  private @Nullable Tick first;
  private Map<Moment, List<Tick>> waiting = Map.of();
  private long rows;
  private long freshRows;

  /// @param beganFormerReading whether a former reading of the same files began with this tick
  OrdinalCheck(
      String dataset,
      String provider,
      FiniteSource source,
      KnownTicks known,
      Predicate<Tick> beganFormerReading) {
    this.dataset = dataset;
    this.provider = provider;
    this.moments = new WholeMoments(source, ROWS);
    this.known = known;
    this.beganFormerReading = beganFormerReading;
  }

  /// Looks at some more; true when all was looked at. After an error it continues where it was.
  boolean step() {
    if (waiting.isEmpty()) {
      waiting = moments.next();
    }
    if (waiting.isEmpty()) {
      return moments.exhausted();
    }
    if (first == null) {
      first = waiting.values().iterator().next().getFirst();
    }
    int most = waiting.values().stream().mapToInt(List::size).max().orElse(0);
    Map<Moment, SortedMap<Long, Tick>> stored = known.at(waiting.keySet(), most + 1);
    waiting.forEach((moment, ticks) -> {
      SortedMap<Long, Tick> there = stored.get(moment);
      rows += ticks.size();
      if (there == null) {
        freshRows += ticks.size();
      } else {
        meetings.add(moment, ticks, there);
      }
    });
    waiting = Map.of();
    return false;
  }

  /// The reading's first tick, when one was looked at.
  Optional<Tick> first() {
    return Optional.ofNullable(first);
  }

  /// How many rows were looked at.
  long rows() {
    return rows;
  }

  /// Throws [DataException] when the reading meets another one.
  void requireSameReading() {
    Met others = meetings.others();
    if (others.ticks() > 0) {
      throw refused(
          "%d of its %d ticks meet %d other ticks of %s that are stored or on the bus, at %d timestamps (the first: %s)"
              .formatted(
                  others.ticks(),
                  rows,
                  others.stored(),
                  provider,
                  others.moments(),
                  others.first()));
    }
    boolean either = meetings.sameTimes() == 1 && (freshRows > 0 || meetings.lastIsPartial());
    if (either && first().filter(beganFormerReading).isEmpty()) {
      Met same = meetings.same();
      throw refused(
          "%d of its %d ticks meet %d equal ticks of %s at %s and at no other time, so they may be another file's trades"
              .formatted(
                  same.ticks(),
                  rows,
                  same.stored(),
                  provider,
                  Micros.format(meetings.lastSameMicros())));
    }
  }

  private DataException refused(String what) {
    return new DataException(
        "dataset %s: %s. Without a seq its ticks are numbered by their order, which holds within one reading only. Nothing was sent. Map a column to seq, or name all files of a recording in one dataset (path: [a.csv, b.csv]), or set ordinals: continue, which numbers on after what is there"
            .formatted(dataset, what));
  }
}
