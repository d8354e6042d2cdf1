package dev.mdp.pipeline.window;

import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.Outcome;
import java.util.ArrayList;
import java.util.List;

/// What became of a tick that was folded. One for all: it holds until the next fold.
public final class FoldResult {
  private final List<Interval> intervals;
  private Outcome outcome = Outcome.FILTERED;
  private long srcMicros;
  private long watermarkBefore;
  private long watermark;
  private int missed;
  private boolean began;

  FoldResult(List<Interval> intervals) {
    this.intervals = intervals;
  }

  /// @param closed the intervals whose window was sealed when the tick came, a bit each
  void begin(Tick tick, long before, int closed) {
    srcMicros = tick.srcMicros();
    watermarkBefore = before;
    missed = closed;
  }

  /// Whatever became of it, its windows are to be looked at again.
  void missAll() {
    missed = (1 << intervals.size()) - 1;
  }

  void outcome(Outcome judged) {
    outcome = judged;
  }

  void missNone() {
    missed = 0;
  }

  int missedBits() {
    return missed;
  }

  void end(long after, boolean sliceBegan) {
    watermark = after;
    began = sliceBegan;
  }

  public Outcome outcome() {
    return outcome;
  }

  /// The watermark of the tick's lane before it, [TumblingWindows#NEVER] for the lane's first one.
  public long watermarkBefore() {
    return watermarkBefore;
  }

  /// The watermark of the tick's lane with it.
  public long watermark() {
    return watermark;
  }

  /// How far the tick is behind its lane's watermark, or 0.
  public long behindMicros() {
    return Math.max(0, watermark - srcMicros);
  }

  /// Whether the tick missed a window because it was sealed.
  public boolean missedAny() {
    return missed != 0;
  }

  /// The intervals whose sealed window the tick missed.
  public List<Interval> missed() {
    List<Interval> all = new ArrayList<>();
    for (int i = 0; i < intervals.size(); i++) {
      if ((missed & 1 << i) != 0) {
        all.add(intervals.get(i));
      }
    }
    return all;
  }

  /// Whether a slice of event time began with the tick: its entry may be the first one needed some
  /// time.
  public boolean began() {
    return began;
  }
}
