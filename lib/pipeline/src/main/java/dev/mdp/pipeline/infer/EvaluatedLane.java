package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.JudgedBy.Reach;
import dev.mdp.core.store.LaneProgress;
import dev.mdp.core.store.SymbolState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One `(provider, lane)`: its symbols, where reading must begin again for it, and whether it has
/// been silent for so long that its horizons begin again. One thread.
final class EvaluatedLane {
  private static final long NEVER = LaneProgress.BEFORE_ALL;

  private final String provider;
  private final String lane;
  private final Inference inference;
  private final ResumeMarks marks;
  private final Reach reach;
  private final long storedSilenceMicros;
  private long coveredMicros;
  private final Map<Symbol, SymbolEvaluation> symbols = new HashMap<>();
  private final List<SymbolState> restored = new ArrayList<>();

  /// Whose slices begin then, as long as they are within reach.
  private final TreeMap<Long, Set<SymbolEvaluation>> withinReach = new TreeMap<>();

  private long completeFrom = NEVER;
  private boolean whole;
  private long lastAppend = NEVER;
  private long watermark = NEVER;
  private long before = NEVER;

  /// @param reach how far behind the watermark entries are read again after a restart; a lane
  ///   without an entry for longer than its silence, by the log's clock, does not hold the log, and
  ///   its horizons begin again
  /// @param storedSilenceMicros after how long a silence horizons began again in what is stored
  /// @param coveredMicros how much of the reach the resume position is enough for
  EvaluatedLane(
      String provider,
      String lane,
      Inference inference,
      Reach reach,
      long storedSilenceMicros,
      long coveredMicros) {
    this.provider = provider;
    this.lane = lane;
    this.inference = inference;
    this.reach = reach;
    this.storedSilenceMicros = storedSilenceMicros;
    this.coveredMicros = coveredMicros;
    this.marks = new ResumeMarks(reach.micros(), inference.features().every().micros());
  }

  String provider() {
    return provider;
  }

  String lane() {
    return lane;
  }

  /// A symbol as it was committed.
  void restore(SymbolState state) {
    restored.add(state);
    symbols.put(state.symbol(), SymbolEvaluation.restore(state, inference));
  }

  /// Nothing of the lane is to be read again: its last entry was appended then.
  void restoreWhole(long lastAppendMicros) {
    lastAppend = lastAppendMicros;
    whole = true;
  }

  /// Whether what comes again of it says nothing new.
  boolean isWhole() {
    return whole;
  }

  /// The same lane with nothing read of it.
  EvaluatedLane asRestored() {
    EvaluatedLane again =
        new EvaluatedLane(provider, lane, inference, reach, storedSilenceMicros, coveredMicros);
    again.completeFrom = completeFrom;
    again.whole = whole;
    restored.forEach(again::restore);
    return again;
  }

  /// It is read again from this event time on: slices from before are fragments.
  void restoreRead(long fromMicros) {
    lastAppend = NEVER;
    whole = false;
    completeFrom = fromMicros;
  }

  /// Entries are gone from the log: slices from before this event time are fragments.
  void lostBefore(long fromMicros) {
    completeFrom = Math.max(completeFrom, fromMicros);
  }

  /// Whether all ticks of a slice with this start have been read by this owner.
  boolean isComplete(long start) {
    return start >= completeFrom;
  }

  /// Whether its last entry lies so far back.
  boolean isSilent(long newestAppendMicros) {
    return lastAppend != NEVER && newestAppendMicros - lastAppend > reach.silenceMicros();
  }

  /// An entry of the lane is about to be folded. Returns whose horizons start again with it.
  ///
  /// @param newestAppendMicros the log's clock, with this entry
  /// @param known it was done before the last restart, and what came of it is in the store
  Collection<SymbolEvaluation> touch(long newestAppendMicros, boolean known) {
    boolean restarts = isSilent(newestAppendMicros);
    boolean storedSo = known && newestAppendMicros - lastAppend > storedSilenceMicros;
    lastAppend = newestAppendMicros;
    if (!restarts) {
      return List.of();
    }
    if (storedSo) {
      beginAsRestored();
      return List.of();
    }
    lostEntries();
    return symbols.values();
  }

  /// What was read so far was over when the store's state was made.
  void beginAsRestored() {
    marks.clear();
    withinReach.clear();
    symbols.clear();
    List<SymbolState> states = List.copyOf(restored);
    restored.clear();
    states.forEach(this::restore);
  }

  /// What the state that was restored tells of prices is older than what is missing.
  void forgetRestored() {
    lostEntries();
    restored.clear();
    symbols.values().forEach(symbol -> restored.add(symbol.stored(NEVER)));
  }

  /// Horizons start again: what was read before is not a whole one.
  void lostEntries() {
    marks.clear();
    withinReach.clear();
    symbols.values().forEach(SymbolEvaluation::forgetHorizon);
  }

  /// A tick was folded.
  ///
  /// @param formerWatermark before it
  void folded(long formerWatermark, long newWatermark, Position entry) {
    before = formerWatermark;
    watermark = newWatermark;
    marks.advance(newWatermark, entry);
  }

  /// Whether this entry is the last one from which reading may have to begin again some time.
  boolean marked(Position entry) {
    return marks.endWith(entry);
  }

  Optional<SymbolEvaluation> find(Symbol symbol) {
    return Optional.ofNullable(symbols.get(symbol));
  }

  SymbolEvaluation add(Symbol symbol) {
    SymbolEvaluation added = new SymbolEvaluation(provider, lane, symbol, inference);
    symbols.put(symbol, added);
    return added;
  }

  Collection<SymbolEvaluation> symbols() {
    return symbols.values();
  }

  /// The symbol has a slice that begins then.
  void took(SymbolEvaluation symbol, long start) {
    withinReach.computeIfAbsent(start, _ -> new HashSet<>()).add(symbol);
  }

  /// Before this time slices need not be read again after a restart.
  long reachBegins() {
    return watermark == NEVER ? NEVER : watermark - coveredMicros;
  }

  void covered(long micros) {
    coveredMicros = micros;
  }

  /// The symbols of which a slice fell out of reach since the last time: only their state can tell
  /// the price of it. As long as less is covered than the features reach, what lies between comes
  /// each time: once all is covered, it falls out of reach again.
  Set<SymbolEvaluation> evictedSlices() {
    Set<SymbolEvaluation> fell = new HashSet<>();
    if (watermark != NEVER) {
      withinReach.headMap(reachBegins()).values().forEach(fell::addAll);
      withinReach.headMap(watermark - reach.micros()).clear();
    }
    return fell;
  }

  /// Whether a window with this end was still open before the last tick. A window that begins to be
  /// when its time is over belongs to no evaluation.
  boolean isTimely(long end, long allowLateMicros) {
    return end > before - allowLateMicros;
  }

  /// The first entry that is needed again; empty when there is none.
  ///
  /// @param newestAppendMicros the log's clock
  Optional<Position> needed(long newestAppendMicros) {
    return isSilent(newestAppendMicros) ? Optional.empty() : marks.first();
  }
}
