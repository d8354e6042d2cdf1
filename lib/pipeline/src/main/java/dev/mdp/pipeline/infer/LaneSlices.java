package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.LaneProgress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Which slices of one lane are within the features' reach behind its watermark, and at which entry
/// reading must begin again so that none of them is missing. One thread.
final class LaneSlices {
  private static final long NEVER = LaneProgress.BEFORE_ALL;

  private final long reachMicros;
  private final ResumeMarks marks;

  /// Whose slices begin then, as long as they are within reach.
  private final TreeMap<Long, Set<SymbolEvaluation>> withinReach = new TreeMap<>();

  private long coveredMicros;
  private long watermark = NEVER;
  private long before = NEVER;

  /// @param reachMicros how far behind the watermark entries are read again after a restart
  /// @param stepMicros how finely that is known
  /// @param coveredMicros how much of the reach the resume position is enough for
  LaneSlices(long reachMicros, long stepMicros, long coveredMicros) {
    this.reachMicros = reachMicros;
    this.marks = new ResumeMarks(reachMicros, stepMicros);
    this.coveredMicros = coveredMicros;
  }

  /// A tick was folded.
  ///
  /// @param formerWatermark before it
  void folded(long formerWatermark, long newWatermark, Position entry) {
    before = formerWatermark;
    watermark = newWatermark;
    marks.advance(newWatermark, entry);
  }

  /// The symbol has a slice that begins then.
  void took(SymbolEvaluation symbol, long start) {
    withinReach.computeIfAbsent(start, _ -> new HashSet<>()).add(symbol);
  }

  /// What was read so far is needed by no feature any more.
  void clear() {
    marks.clear();
    withinReach.clear();
  }

  /// Whether this entry is the last one from which reading may have to begin again some time.
  boolean marked(Position entry) {
    return marks.endWith(entry);
  }

  /// The entry at which reading must begin again; empty when nothing is needed.
  Optional<Position> firstNeeded() {
    return marks.first();
  }

  /// Before this time slices need not be read again after a restart.
  long reachBegins() {
    return watermark == NEVER ? NEVER : watermark - coveredMicros;
  }

  void covered(long micros) {
    coveredMicros = micros;
  }

  /// The symbols of which a slice fell out of reach since the last time: only their state still
  /// holds the price of it. As long as less is covered than the features reach, what is between
  /// comes each time: once all is covered, it falls out of reach again.
  Set<SymbolEvaluation> evicted() {
    Set<SymbolEvaluation> fell = new HashSet<>();
    if (watermark != NEVER) {
      withinReach.headMap(reachBegins()).values().forEach(fell::addAll);
      withinReach.headMap(watermark - reachMicros).clear();
    }
    return fell;
  }

  /// Whether a window with this end was still open before the last tick. A window that begins to be
  /// when its time is over belongs to no evaluation.
  boolean isTimely(long end, long allowLateMicros) {
    return end > before - allowLateMicros;
  }
}
