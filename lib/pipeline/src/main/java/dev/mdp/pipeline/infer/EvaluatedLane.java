package dev.mdp.pipeline.infer;

import dev.mdp.core.bus.Position;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.store.SymbolState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One `(provider, lane)`: its symbols, where reading must begin again for it, and whether it has
/// been silent for so long that its windows begin anew. One thread.
final class EvaluatedLane {
  private static final long NEVER = Long.MIN_VALUE;

  private final String provider;
  private final String lane;
  private final Inference inference;
  private final ResumeMarks marks;
  private final long silenceMicros;
  private final Map<Symbol, SymbolEvaluation> symbols = new HashMap<>();
  private long lastAppend = NEVER;
  private long watermark = NEVER;
  private long before = NEVER;

  /// @param silenceMicros a lane without an entry for longer, by the log's clock, does not hold the
  ///   log; its horizons begin anew
  EvaluatedLane(
      String provider, String lane, Inference inference, long reachMicros, long silenceMicros) {
    this.provider = provider;
    this.lane = lane;
    this.inference = inference;
    this.marks = new ResumeMarks(reachMicros, inference.features().every().micros());
    this.silenceMicros = silenceMicros;
  }

  String provider() {
    return provider;
  }

  String lane() {
    return lane;
  }

  void restore(SymbolState state) {
    symbols.put(state.symbol(), SymbolEvaluation.restore(state, inference));
  }

  /// An entry of the lane is about to be folded.
  void touch(long appendMicros) {
    if (lastAppend != NEVER && appendMicros - lastAppend > silenceMicros) {
      marks.clear();
      symbols.values().forEach(SymbolEvaluation::forgetHorizon);
    }
    lastAppend = Math.max(lastAppend, appendMicros);
  }

  /// A tick was folded.
  void folded(long newWatermark, Position entry) {
    before = watermark;
    watermark = newWatermark;
    marks.saw(newWatermark, entry);
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

  /// Whether a window with this end was still open before the last tick. A window that begins to be
  /// when its time is over belongs to no evaluation.
  boolean isTimely(long end, long allowLateMicros) {
    return before == NEVER || end > before - allowLateMicros;
  }

  /// The first entry that is needed again; empty when there is none.
  ///
  /// @param newestAppendMicros the log's clock
  Optional<Position> needed(long newestAppendMicros) {
    boolean silent = lastAppend != NEVER && newestAppendMicros - lastAppend > silenceMicros;
    return silent ? Optional.empty() : marks.first();
  }

  /// The log lost entries: what was read before is no whole horizon.
  void lostEntries() {
    marks.clear();
    symbols.values().forEach(SymbolEvaluation::forgetHorizon);
  }
}
