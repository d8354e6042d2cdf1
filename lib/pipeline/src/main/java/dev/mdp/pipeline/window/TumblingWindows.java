package dev.mdp.pipeline.window;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Lanes;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import java.util.List;
import java.util.Optional;

/// All windows of one shard: every provider, lane, symbol and interval. State and arithmetic only;
/// one thread.
///
/// What is sealed, and so what is late, depends on the entries and their append times alone. The
/// wall clock comes in as an argument and decides only how early an idle lane's last windows are
/// emitted.
public final class TumblingWindows {
  /// How many lanes a shard may have: anyone may name a new one.
  public static final int MAX_LANES = 1_000;

  /// Earlier than any time: stands for a lane without a tick.
  public static final long NEVER = SealedWindows.NEVER;

  private final ShardLanes lanes;
  private final FoldResult folded;
  private long newestAppend = NEVER;
  private Position gapUntil = Position.START;

  /// Windows of a group that begins at the log's first entry.
  public TumblingWindows(WindowSettings settings) {
    this.lanes = new ShardLanes(settings);
    this.folded = new FoldResult(settings.intervals());
  }

  /// Restores the lanes from a checkpoint; the events come again by reading from its resume
  /// position.
  ///
  /// @param built the intervals of the former owner
  public static TumblingWindows restore(
      List<LaneProgress> progress, List<Interval> built, WindowSettings settings) {
    TumblingWindows windows = new TumblingWindows(settings);
    progress.forEach(lane -> windows.lanes.restore(lane, built));
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
    lanes.sealSilent(newestAppend);
  }

  /// From which event time on nothing of this lane is missing; [LaneProgress#BEFORE_ALL] where
  /// nothing ever was.
  public long knownFrom(String provider, String laneName) {
    LaneWindows lane = lanes.find(provider, laneName);
    return lane == null ? NEVER : lane.knownFrom();
  }

  /// Whether an entry of this lane may be taken: the lane is known, or one more is allowed. In a
  /// recovery every lane that was accepted is known, so an unknown lane was refused.
  public boolean hasRoomFor(String provider, String lane, boolean recovering) {
    boolean isOneMoreAllowed = !recovering && lanes.count() < MAX_LANES;
    return isOneMoreAllowed
        || lanes.find(provider, Lanes.isFill(lane) ? MarketEvent.LIVE : lane) != null;
  }

  /// Judges and folds one tick, whose lane has room. Throws [ConfigException] when the cap is
  /// reached and only open windows are left; then nothing was changed by this tick.
  ///
  /// @return the same object each time
  public FoldResult fold(Tick tick, Position position, long appendMicros, boolean recovering) {
    observeAppend(appendMicros);
    if (!Lanes.isFill(tick.lane())) {
      return fold(lane(tick.provider(), tick.lane()), tick, position, recovering);
    }
    LaneWindows live = lanes.find(tick.provider(), MarketEvent.LIVE);
    if (live != null) {
      if (!recovering) {
        lanes.makeRoom(newestAppend);
      }
      live.fill(tick, position, newestAppend, recovering, folded);
      return folded;
    }
    // It begins the lane, as any tick does. Windows of a lane that was forgotten are written
    // already, and are computed again.
    fold(lane(tick.provider(), MarketEvent.LIVE), tick, position, recovering);
    folded.missAll();
    return folded;
  }

  private FoldResult fold(LaneWindows lane, Tick tick, Position position, boolean recovering) {
    if (recovering) {
      lane.idleness().touch();
    } else {
      lanes.makeRoom(newestAppend);
      if (!position.isAfter(gapUntil) && lane.watermark() == NEVER) {
        lane.beginWithNext();
      }
      lane.touch(position, newestAppend);
    }
    lane.fold(tick, position, recovering, folded);
    return folded;
  }

  /// An entry of the lane that is not a tick: it counts as a sign of life, once.
  public void touch(
      String provider, String laneName, Position position, long appendMicros, boolean recovering) {
    observeAppend(appendMicros);
    LaneWindows lane = lane(provider, laneName);
    if (recovering) {
      lane.idleness().touch();
    } else {
      lane.touch(position, newestAppend);
    }
  }

  /// The lane is over. Read again in a recovery it changes nothing: what it sealed is in the
  /// checkpoint.
  public void end(
      String provider, String laneName, Position position, long appendMicros, boolean recovering) {
    if (Lanes.isFill(laneName)) {
      observeAppend(appendMicros);
      return;
    }
    touch(provider, laneName, position, appendMicros, recovering);
    if (!recovering) {
      lane(provider, laneName).end();
    }
  }

  /// After a read: seals silent lanes by the log's clock, notes whether the log's end was reached.
  ///
  /// @param recovering entries are still to come again that were classified before the last
  ///   restart: what is open then is not whole yet, and nothing is sealed
  public void read(long nowMicros, boolean reachedEnd, boolean recovering) {
    if (!recovering) {
      lanes.sealSilent(newestAppend);
    }
    for (LaneWindows lane : lanes.all()) {
      lane.idleness().read(nowMicros, reachedEnd);
    }
  }

  public boolean hasDue(long nowMicros, long flushTimeoutMicros) {
    for (LaneWindows lane : lanes.all()) {
      if (lane.hasDue(nowMicros, lane.idleness().isIdle(nowMicros, flushTimeoutMicros))) {
        return true;
      }
    }
    return false;
  }

  /// Hands over every window that is due, then forgets what is sealed.
  public void emitDue(long nowMicros, long flushTimeoutMicros, EmissionListener listener) {
    WindowListener bars =
        (provider, lane, interval, window, kind, waited) ->
            listener.emitted(((Window) window).bar(provider, lane, interval), kind, waited);
    for (LaneWindows lane : lanes.all()) {
      lane.emitDue(nowMicros, lane.idleness().isIdle(nowMicros, flushTimeoutMicros), bars);
    }
  }

  /// Hands over every window whose end the log has decided, never for idleness.
  public void emitDecided(WindowListener listener) {
    for (LaneWindows lane : lanes.all()) {
      lane.emitDue(0, false, listener);
    }
  }

  /// Whether the lane of the last entry has a window whose end the log has decided, or one that
  /// changed after it was handed over.
  public boolean lastLaneHasDecided() {
    LaneWindows last = lanes.last();
    return last != null && last.hasDue(0, false);
  }

  /// Where the concern about missing entries ends; [Position#START] when there is none.
  public Position gapUntil() {
    return gapUntil;
  }

  /// The first entry of the log that an unsealed window needs.
  public Optional<Position> firstNeeded() {
    Position first = null;
    for (LaneWindows lane : lanes.all()) {
      Position needed = lane.open().retention().firstNeeded();
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
    for (LaneWindows lane : lanes.all()) {
      lane.sealAll();
      lane.beginWithNext();
    }
  }

  public List<LaneProgress> progress() {
    return lanes.all().stream().map(LaneWindows::progress).toList();
  }

  /// Forgets ended and silent lanes whose last entry is before the log's first one.
  public void forgetLanesBefore(Position firstOfLog) {
    lanes.forgetBefore(firstOfLog, newestAppend);
  }

  /// Distinct events in memory.
  public long retained() {
    return lanes.retained();
  }

  /// Windows that were not emitted yet.
  public long openWindows() {
    return lanes.all().stream().mapToLong(lane -> lane.open().openWindows()).sum();
  }

  /// How many events were let go early because of the cap.
  public long sealedEarly() {
    return lanes.sealedEarly();
  }

  /// The windows of a lane, which is made when it is not there.
  public LaneWindows lane(String provider, String lane) {
    return lanes.of(provider, lane);
  }
}
