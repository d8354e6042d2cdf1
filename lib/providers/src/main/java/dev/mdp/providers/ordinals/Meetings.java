package dev.mdp.providers.ordinals;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.StoredTicks.Moment;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What the ticks of a reading meet where some are known already: ticks of another reading, or the
/// reading's own, which were sent before. Its own may be there in part, but only at the last of
/// their times. One thread.
final class Meetings {
  private Met others = Met.NOTHING;

  /// Of `same`: where not all of the reading's ticks were there, at the last time it was met.
  private Met partly = Met.NOTHING;

  private Met same = Met.NOTHING;
  private long sameTimes;
  private long lastSameMicros = Long.MIN_VALUE;

  /// Ticks of the reading that meet known ones.
  ///
  /// @param first the first meeting in words, or empty
  record Met(long ticks, long stored, long moments, String first) {
    static final Met NOTHING = new Met(0, 0, 0, "");

    Met plus(Met other) {
      return new Met(
          ticks + other.ticks,
          stored + other.stored,
          moments + other.moments,
          first.isEmpty() ? other.first : first);
    }
  }

  /// Adds a moment of the reading, in the order of time, at which there are known ticks.
  void add(Moment moment, List<Tick> ticks, SortedMap<Long, Tick> stored) {
    for (Tick there : stored.values()) {
      boolean numbered = there.seq() >= 0 && there.seq() < ticks.size();
      Tick here = numbered ? ticks.get((int) there.seq()) : null;
      if (here == null || Tick.comparePayload(here, there) != 0) {
        others = others.plus(met(moment, ticks, stored, here, there));
        return;
      }
    }
    if (moment.srcMicros() > lastSameMicros) {
      others = others.plus(partly);
      partly = Met.NOTHING;
      sameTimes++;
      lastSameMicros = moment.srcMicros();
    }
    Met met = met(moment, ticks, stored, null, stored.sequencedValues().getLast());
    same = same.plus(met);
    if (stored.size() < ticks.size()) {
      partly = partly.plus(met);
    }
  }

  /// Where the ticks there are not the reading's.
  Met others() {
    return others;
  }

  /// Where the ticks there are the reading's.
  Met same() {
    return same;
  }

  /// At how many times it met its own.
  long sameTimes() {
    return sameTimes;
  }

  /// The last time at which it met its own.
  long lastSameMicros() {
    return lastSameMicros;
  }

  /// Whether it was there in part at that last time.
  boolean lastIsPartial() {
    return partly.ticks() > 0;
  }

  private static Met met(
      Moment moment,
      List<Tick> ticks,
      SortedMap<Long, Tick> stored,
      @Nullable Tick here,
      Tick there) {
    String first =
        "%s %s seq %d: %s in the file, %s there"
            .formatted(
                moment.symbol(),
                Micros.format(moment.srcMicros()),
                there.seq(),
                here == null ? "%d ticks".formatted(ticks.size()) : LostTicks.payload(here),
                here == null
                    ? "%d, %s".formatted(stored.size(), LostTicks.payload(there))
                    : LostTicks.payload(there));
    return new Met(ticks.size(), stored.size(), 1, first);
  }
}
