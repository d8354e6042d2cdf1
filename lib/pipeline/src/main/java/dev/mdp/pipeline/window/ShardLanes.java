package dev.mdp.pipeline.window;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.event.Interval;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The lanes of one shard and what they share: the cap on the events in memory. One thread.
final class ShardLanes {
  private final WindowSettings settings;
  private final Map<LaneKey, LaneWindows> lanes = new TreeMap<>();
  private final RetainedTotal retained = new RetainedTotal();
  private @Nullable LaneWindows last;
  private long sealedEarly;

  ShardLanes(WindowSettings settings) {
    this.settings = settings;
  }

  /// @param built the intervals of the former owner
  void restore(LaneProgress lane, List<Interval> built) {
    lanes.put(
        new LaneKey(lane.provider(), lane.lane()),
        LaneWindows.restore(lane, built, settings, retained));
  }

  /// A lane, which is made when it is not there; most often the same as before.
  LaneWindows of(String provider, String lane) {
    LaneWindows found = last;
    if (found != null && found.key().is(provider, lane)) {
      return found;
    }
    found =
        lanes.computeIfAbsent(
            new LaneKey(provider, lane), key -> new LaneWindows(key, settings, retained));
    last = found;
    return found;
  }

  @Nullable LaneWindows find(String provider, String lane) {
    LaneWindows found = last;
    return found != null && found.key().is(provider, lane)
        ? found
        : lanes.get(new LaneKey(provider, lane));
  }

  /// The lane that was asked for last, or null.
  @Nullable LaneWindows last() {
    return last;
  }

  Collection<LaneWindows> all() {
    return lanes.values();
  }

  int count() {
    return lanes.size();
  }

  /// Seals the lanes that are silent at this time of the log's clock.
  void sealSilent(long newestAppendMicros) {
    for (LaneWindows lane : lanes.values()) {
      lane.sealIfSilent(newestAppendMicros);
    }
  }

  private boolean isFull() {
    return retained.events() >= settings.maxRetainedEvents();
  }

  /// When the cap on the events in memory is reached, seals the silent lanes, and then the oldest
  /// windows that are past their lateness before their time, until it is kept.
  void makeRoom(long newestAppendMicros) {
    if (isFull()) {
      sealSilent(newestAppendMicros);
    }
    while (isFull()) {
      LaneWindows oldest = null;
      for (LaneWindows lane : lanes.values()) {
        if (oldest == null || lane.oldestSealable() < oldest.oldestSealable()) {
          oldest = lane;
        }
      }
      if (oldest == null || oldest.oldestSealable() == Long.MAX_VALUE) {
        throw CapReached.by(settings, lanes.values());
      }
      sealedEarly += oldest.sealEarly(oldest.oldestSealable());
    }
  }

  /// Forgets ended and silent lanes whose last entry is before the log's first one.
  void forgetBefore(Position firstOfLog, long newestAppendMicros) {
    lanes
        .values()
        .removeIf(lane ->
            lane.open().isEmpty()
                && lane.endedOrSilent(newestAppendMicros)
                && firstOfLog.isAfter(lane.lastPosition()));
    last = null;
  }

  /// Distinct events in memory.
  long retained() {
    return retained.events();
  }

  /// How many events were let go early because of the cap.
  long sealedEarly() {
    return sealedEarly;
  }
}
