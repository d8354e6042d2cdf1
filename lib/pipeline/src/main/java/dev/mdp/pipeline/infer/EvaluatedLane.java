package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Position;
import dev.mdp.core.checkpoint.JudgedBy.Reach;
import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.pipeline.window.LaneKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// One `(provider, lane)`: its symbols, where reading must begin again for it, and whether it has
/// been silent for so long that its horizons begin again. One thread.
final class EvaluatedLane {
  private static final long NEVER = LaneProgress.BEFORE_ALL;

  private final LaneKey key;
  private final LaneSymbols symbols;
  private final LaneSlices slices;
  private final long silenceMicros;
  private final long storedSilenceMicros;
  private long completeFrom = NEVER;
  private boolean whole;
  private long lastAppend = NEVER;

  /// @param reach how far behind the watermark entries are read again after a restart; a lane
  ///   without an entry for longer than its silence, by the log's clock, does not hold the log, and
  ///   its horizons begin again
  /// @param storedSilenceMicros after how long a silence horizons began again in what is stored
  /// @param coveredMicros how much of the reach the resume position is enough for
  EvaluatedLane(
      LaneKey key, Inference inference, Reach reach, long storedSilenceMicros, long coveredMicros) {
    this.key = key;
    this.symbols = new LaneSymbols(key, inference);
    this.slices =
        new LaneSlices(reach.micros(), inference.features().every().micros(), coveredMicros);
    this.silenceMicros = reach.silenceMicros();
    this.storedSilenceMicros = storedSilenceMicros;
  }

  LaneKey key() {
    return key;
  }

  LaneSymbols symbols() {
    return symbols;
  }

  LaneSlices slices() {
    return slices;
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

  /// Takes over what the lane was restored as, before anything of it was read.
  void restoreAs(EvaluatedLane former) {
    completeFrom = former.completeFrom;
    whole = former.whole;
    former.symbols.restored().forEach(symbols::restore);
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

  /// Whether its last entry is so far back.
  boolean isSilent(long newestAppendMicros) {
    return lastAppend != NEVER && newestAppendMicros - lastAppend > silenceMicros;
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
    return symbols.all();
  }

  /// What was read so far was over when the store's state was made.
  void beginAsRestored() {
    slices.clear();
    symbols.beginAsRestored();
  }

  /// The prices of the restored state are older than what is missing.
  void forgetRestored() {
    lostEntries();
    symbols.forgetRestored();
  }

  /// Horizons start again: what was read before is not a whole one.
  void lostEntries() {
    slices.clear();
    symbols.all().forEach(SymbolEvaluation::forgetHorizon);
  }

  /// The first entry that is needed again; empty when there is none.
  ///
  /// @param newestAppendMicros the log's clock
  Optional<Position> firstNeeded(long newestAppendMicros) {
    return isSilent(newestAppendMicros) ? Optional.empty() : slices.firstNeeded();
  }
}
