package dev.mdp.pipeline.window;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.LaneProgress;
import dev.mdp.core.store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All windows of one shard: every provider, lane, symbol and interval. State and arithmetic only;
/// one thread.
///
/// What is sealed, and so what is late, depends on the entries and their append times alone. The
/// wall clock comes in as an argument and decides only how early an idle lane's last windows are
/// emitted.
public final class TumblingWindows {
  /// How many lanes a shard may have: anyone may name a new one.
  public static final int MAX_LANES = 1_000;

  private final WindowSettings settings;
  private final Map<LaneKey, LaneWindows> lanes = new TreeMap<>();
  private @Nullable LaneWindows lastLane;
  private long newestAppend = LaneWindows.NEVER;
  private long retained;
  private long sealedEarly;
  private Position gapUntil = Position.START;

  /// Windows of a group that begins at the log's first entry.
  public TumblingWindows(WindowSettings settings) {
    this.settings = settings;
  }

  /// Takes up what a checkpoint says of the lanes; the events come again by reading from its resume
  /// position.
  ///
  /// @param built the intervals of the former owner
  public static TumblingWindows restore(
      List<LaneProgress> progress, List<Interval> built, WindowSettings settings) {
    TumblingWindows windows = new TumblingWindows(settings);
    for (LaneProgress lane : progress) {
      windows.lanes.put(
          new LaneKey(lane.provider(), lane.lane()), LaneWindows.restore(lane, built, settings));
    }
    return windows;
  }

  /// The log's head was trimmed before this group came: windows that hold or precede a lane's first
  /// entry would be fragments and are not built. Holds for lanes that appear before the log's end
  /// is reached for the first time.
  ///
  /// @param until lanes that first appear at or before this entry are concerned
  public void logHeadTrimmed(Position until) {
    gapUntil = until;
  }

  /// An entry of the shard was appended then, whatever becomes of it: it is by the newest append
  /// time that a lane is silent. Read again in a recovery the entries tell the same time, because
  /// the last one consumed is among them.
  public void observeAppend(long appendMicros) {
    newestAppend = Math.max(newestAppend, appendMicros);
  }

  /// The log's clock: when the newest entry so far was appended.
  public long newestAppend() {
    return newestAppend;
  }

  /// Seals the lanes that are silent when an entry is appended then.
  public void sealSilent(long appendMicros) {
    observeAppend(appendMicros);
    sealSilent();
  }

  /// The lane's windows up to its watermark are sealed and stay so for an owner that reads only
  /// what comes after: no window that holds or precedes the watermark is built any more.
  public void closeThroughWatermark(String provider, String laneName) {
    LaneWindows lane = lane(provider, laneName);
    long before = lane.retention().retained();
    lane.closeThroughWatermark();
    retained += lane.retention().retained() - before;
  }

  /// Entries of this lane before the next one are missing: the first window to be built starts
  /// after its next tick ahead of the watermark.
  public void beginWithNext(String provider, String laneName) {
    lane(provider, laneName).beginWithNext();
  }

  /// Entries of this lane with an earlier event time may be missing: no window that starts before
  /// it is built.
  public void beginNotBefore(String provider, String laneName, long srcMicros) {
    lane(provider, laneName).beginNotBefore(srcMicros);
  }

  /// No window of this lane that holds or precedes this event time is built any more.
  public void quiet(String provider, String laneName, long srcMicros) {
    lane(provider, laneName).quiet(srcMicros);
  }

  /// From which event time on nothing of this lane is missing; [LaneProgress#BEFORE_ALL] where
  /// nothing ever was.
  public long knownFrom(String provider, String laneName) {
    LaneWindows lane = lanes.get(new LaneKey(provider, laneName));
    return lane == null ? LaneWindows.NEVER : lane.knownFrom();
  }

  /// Whether an entry of this lane may be taken: the lane is known, or one more is allowed. In a
  /// recovery every lane that was taken is known, so a lane that is not was refused.
  public boolean hasRoomFor(String provider, String lane, boolean recovering) {
    LaneWindows last = lastLane;
    if (last != null && last.provider().equals(provider) && last.lane().equals(lane)) {
      return true;
    }
    if (!recovering && lanes.size() < MAX_LANES) {
      return true;
    }
    return lanes.containsKey(new LaneKey(provider, lane));
  }

  /// How far the last folded tick lies behind its lane's watermark, or 0.
  public long behindWatermark(Tick tick) {
    return lastLane == null ? 0 : Math.max(0, lastLane.watermark() - tick.srcMicros());
  }

  /// Judges and folds one tick, whose lane has room. Throws [ConfigException] when the cap is
  /// reached and only open windows are left; then nothing was changed by this tick.
  public Outcome fold(Tick tick, Position position, long appendMicros, boolean recovering) {
    observeAppend(appendMicros);
    LaneWindows lane = lane(tick.provider(), tick.lane());
    if (recovering) {
      lane.touchRecovered();
    } else {
      if (retained >= settings.maxRetainedEvents()) {
        sealSilent();
        makeRoom();
      }
      if (!position.isAfter(gapUntil) && lane.watermark() == LaneWindows.NEVER) {
        lane.beginWithNext();
      }
    }
    long before = lane.retention().retained();
    if (!recovering) {
      lane.touch(position, newestAppend);
    }
    Outcome outcome = lane.fold(tick, position, recovering);
    retained += lane.retention().retained() - before;
    return outcome;
  }

  /// Whether a stretch of event time began with this entry, the last one folded: it may be the
  /// first one needed some time.
  public boolean beganWith(Position entry) {
    return lastLane != null && lastLane.retention().newestBeginning().equals(entry);
  }

  /// Whether the tick lies so far ahead of the log's clock that it would poison the watermark.
  ///
  /// @param maxFutureMicros in force when the entry was classified for the first time
  public static boolean isFuture(Tick tick, long appendMicros, long maxFutureMicros) {
    return tick.srcMicros() - appendMicros > maxFutureMicros;
  }

  /// Whether the last folded tick missed a window because it was sealed.
  public boolean missedAny() {
    return lastLane != null && lastLane.missed() != 0;
  }

  /// The intervals whose sealed window the last folded tick missed.
  public List<Interval> missed() {
    List<Interval> intervals = new ArrayList<>();
    int bits = lastLane == null ? 0 : lastLane.missed();
    for (int i = 0; i < settings.intervals().size(); i++) {
      if ((bits & 1 << i) != 0) {
        intervals.add(settings.intervals().get(i));
      }
    }
    return intervals;
  }

  /// An entry of the lane that is not a tick: it counts as a sign of life, once.
  public void touch(
      String provider, String laneName, Position position, long appendMicros, boolean recovering) {
    touched(provider, laneName, position, appendMicros, recovering);
  }

  /// The lane is over. Read again in a recovery it changes nothing: what it sealed is in the
  /// checkpoint.
  public void end(
      String provider, String laneName, Position position, long appendMicros, boolean recovering) {
    LaneWindows lane = touched(provider, laneName, position, appendMicros, recovering);
    if (!recovering) {
      long before = lane.retention().retained();
      lane.end();
      retained += lane.retention().retained() - before;
    }
  }

  /// After a read: seals silent lanes by the log's clock, notes whether the log's end was reached.
  ///
  /// @param recovering entries are still to come again that were classified before the last
  ///   restart: what is open then is not whole yet, and nothing is sealed
  public void read(long nowMicros, boolean reachedEnd, boolean recovering) {
    if (!recovering) {
      sealSilent();
    }
    for (LaneWindows lane : lanes.values()) {
      lane.idleness().read(nowMicros, reachedEnd);
    }
  }

  public boolean hasDue(long nowMicros, long flushTimeoutMicros) {
    for (LaneWindows lane : lanes.values()) {
      if (lane.hasDue(nowMicros, lane.idleness().isIdle(nowMicros, flushTimeoutMicros))) {
        return true;
      }
    }
    return false;
  }

  /// Hands over every window that is due, then forgets what is sealed.
  public void emitDue(long nowMicros, long flushTimeoutMicros, EmissionListener listener) {
    emitWindows(
        nowMicros,
        flushTimeoutMicros,
        (provider, lane, interval, window, kind, waited) ->
            listener.emitted(((Window) window).bar(provider, lane, interval), kind, waited));
  }

  /// Hands over every window whose end the log has decided, never for idleness.
  public void emitDecided(WindowListener listener) {
    emitWindows(0, Long.MAX_VALUE, listener);
  }

  /// Whether the lane of the last entry has a window whose end the log has decided, or one that
  /// changed after it was handed over.
  public boolean lastLaneHasDecided() {
    return lastLane != null && lastLane.hasDue(0, false);
  }

  /// The highest event time of this lane so far; [LaneProgress#BEFORE_ALL] before its first tick.
  public long watermark(String provider, String laneName) {
    LaneWindows last = lastLane;
    if (last == null || !last.provider().equals(provider) || !last.lane().equals(laneName)) {
      last = lanes.get(new LaneKey(provider, laneName));
    }
    return last == null ? LaneWindows.NEVER : last.watermark();
  }

  private void emitWindows(long nowMicros, long flushTimeoutMicros, WindowListener listener) {
    for (LaneWindows lane : lanes.values()) {
      lane.emitDue(nowMicros, lane.idleness().isIdle(nowMicros, flushTimeoutMicros), listener);
      lane.dropSealed();
    }
  }

  /// Where the concern about missing entries ends; [Position#START] when there is none.
  public Position gapUntil() {
    return gapUntil;
  }

  /// The first entry of the log that an unsealed window needs.
  public Optional<Position> firstNeeded() {
    Position first = null;
    for (LaneWindows lane : lanes.values()) {
      Position needed = lane.retention().firstNeeded();
      if (needed != null && (first == null || first.isAfter(needed))) {
        first = needed;
      }
    }
    return Optional.ofNullable(first);
  }

  /// Seals everything up to each lane's watermark: what is stored stays as it is, whatever the log
  /// has lost.
  ///
  /// Then every lane, known or new, begins again with the first window that starts after its next
  /// tick ahead of the watermark, and so claims none of those that were sealed here unwritten.
  ///
  /// @param until new lanes that first appear at or before this entry are concerned
  public void acceptGap(Position until) {
    gapUntil = until;
    for (LaneWindows lane : lanes.values()) {
      long before = lane.retention().retained();
      lane.sealAll();
      lane.beginWithNext();
      retained += lane.retention().retained() - before;
    }
  }

  public List<LaneProgress> progress() {
    return lanes.values().stream().map(LaneWindows::progress).toList();
  }

  /// Forgets ended and silent lanes whose last entry is before the log's first one.
  public void forgetLanesBefore(Position firstOfLog) {
    lanes
        .values()
        .removeIf(lane ->
            lane.holdsNothing()
                && lane.endedOrSilent(newestAppend)
                && firstOfLog.isAfter(lane.lastPosition()));
    lastLane = null;
  }

  public void addConflicting(String provider, String laneName, long windows) {
    lane(provider, laneName).addConflicting(windows);
  }

  /// Distinct events in memory.
  public long retained() {
    return retained;
  }

  /// Windows that were not emitted yet.
  public long openWindows() {
    return lanes.values().stream().mapToLong(LaneWindows::openWindows).sum();
  }

  /// How many events were let go early because of the cap.
  public long sealedEarly() {
    return sealedEarly;
  }

  private LaneWindows lane(String provider, String lane) {
    LaneWindows last = lastLane;
    if (last != null && last.provider().equals(provider) && last.lane().equals(lane)) {
      return last;
    }
    last =
        lanes.computeIfAbsent(
            new LaneKey(provider, lane), _ -> new LaneWindows(provider, lane, settings));
    lastLane = last;
    return last;
  }

  private LaneWindows touched(
      String provider, String laneName, Position position, long appendMicros, boolean recovering) {
    observeAppend(appendMicros);
    LaneWindows lane = lane(provider, laneName);
    if (recovering) {
      lane.touchRecovered();
      return lane;
    }
    long before = lane.retention().retained();
    lane.touch(position, newestAppend);
    retained += lane.retention().retained() - before;
    return lane;
  }

  private void sealSilent() {
    for (LaneWindows lane : lanes.values()) {
      long before = lane.retention().retained();
      lane.sealIfSilent(newestAppend);
      retained += lane.retention().retained() - before;
    }
  }

  private void makeRoom() {
    while (retained >= settings.maxRetainedEvents()) {
      LaneWindows oldest = null;
      for (LaneWindows lane : lanes.values()) {
        if (oldest == null || lane.oldestSealable() < oldest.oldestSealable()) {
          oldest = lane;
        }
      }
      if (oldest == null || oldest.oldestSealable() == Long.MAX_VALUE) {
        throw CapReached.by(settings, lanes.values());
      }
      long released = oldest.sealEarly(oldest.oldestSealable());
      retained -= released;
      sealedEarly += released;
    }
  }
}
