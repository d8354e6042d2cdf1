package dev.mdp.core.checkpoint;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Interval;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far one `(provider, lane)` of a shard has come.
///
/// @param watermarkMicros the highest event time seen; [#BEFORE_ALL] before the first
/// @param lastAppendMicros when its last entry was appended to the log
/// @param lastPosition its last entry
/// @param sealedThrough per interval: every window that ends at or before it is sealed; never goes
///   back
/// @param beginsAt per interval that was added later, or whose log lost entries: no window that
///   starts before it is built
/// @param ended whether a `kind: end` was read
/// @param beginsWithNext entries before its next one were lost: the first window to be built starts
///   after its next tick ahead of the watermark
/// @param conflicting how many windows met a fuller or different bar of another lane
/// @param quietThroughMicros the watermark before the lane's last end or silence, where no window
///   up to it is built any more; [#BEFORE_ALL] where there was none
/// @param notBuilt per interval that was removed from the settings for a time: which windows are
///   owed by no one, oldest first
public record LaneProgress(
    String provider,
    String lane,
    long watermarkMicros,
    long lastAppendMicros,
    Position lastPosition,
    SortedMap<Interval, Long> sealedThrough,
    SortedMap<Interval, Long> beginsAt,
    boolean ended,
    boolean beginsWithNext,
    long conflicting,
    long quietThroughMicros,
    SortedMap<Interval, List<NotBuilt>> notBuilt) {
  /// Windows that start in `[fromMicros, untilMicros)` were not built.
  ///
  /// @param untilMicros [#ON] while the interval is not built
  public record NotBuilt(long fromMicros, long untilMicros) {
    public static final long ON = Long.MAX_VALUE;

    public boolean isOn() {
      return untilMicros == ON;
    }
  }

  /// Before every time; far enough from the smallest long that adding an interval does not wrap.
  public static final long BEFORE_ALL = Long.MIN_VALUE / 4;

  /// The same with this many more conflicting windows.
  LaneProgress plusConflicting(long windows) {
    return with(conflicting + windows, quietThroughMicros);
  }

  /// The same lane before its first entry: only what was lost is known of it.
  public LaneProgress asNew() {
    return new LaneProgress(
        provider,
        lane,
        BEFORE_ALL,
        BEFORE_ALL,
        Position.START,
        new TreeMap<>(),
        beginsAt,
        false,
        false,
        conflicting,
        quietThroughMicros,
        notBuilt);
  }

  /// The same where its silences are to be found again.
  public LaneProgress withoutQuiet() {
    return with(conflicting, BEFORE_ALL);
  }

  private LaneProgress with(long newConflicting, long newQuietThroughMicros) {
    return new LaneProgress(
        provider,
        lane,
        watermarkMicros,
        lastAppendMicros,
        lastPosition,
        sealedThrough,
        beginsAt,
        ended,
        beginsWithNext,
        newConflicting,
        newQuietThroughMicros,
        notBuilt);
  }

  /// Of a lane without a silence to remember.
  public LaneProgress(
      String provider,
      String lane,
      long watermarkMicros,
      long lastAppendMicros,
      Position lastPosition,
      SortedMap<Interval, Long> sealedThrough,
      SortedMap<Interval, Long> beginsAt,
      boolean ended,
      boolean beginsWithNext,
      long conflicting) {
    this(
        provider,
        lane,
        watermarkMicros,
        lastAppendMicros,
        lastPosition,
        sealedThrough,
        beginsAt,
        ended,
        beginsWithNext,
        conflicting,
        BEFORE_ALL,
        new TreeMap<>());
  }

  /// Of a lane whose log is whole.
  public LaneProgress(
      String provider,
      String lane,
      long watermarkMicros,
      long lastAppendMicros,
      Position lastPosition,
      SortedMap<Interval, Long> sealedThrough,
      SortedMap<Interval, Long> beginsAt,
      boolean ended,
      long conflicting) {
    this(
        provider,
        lane,
        watermarkMicros,
        lastAppendMicros,
        lastPosition,
        sealedThrough,
        beginsAt,
        ended,
        false,
        conflicting);
  }

  public LaneProgress {
    sealedThrough = new TreeMap<>(sealedThrough);
    beginsAt = new TreeMap<>(beginsAt);
    notBuilt = new TreeMap<>(notBuilt);
  }
}
