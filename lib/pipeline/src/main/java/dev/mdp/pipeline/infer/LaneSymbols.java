package dev.mdp.pipeline.infer;

import dev.mdp.core.checkpoint.LaneProgress;
import dev.mdp.core.checkpoint.SymbolState;
import dev.mdp.core.event.Symbol;
import dev.mdp.pipeline.window.LaneKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The symbols of one lane, and as what they were restored. One thread.
final class LaneSymbols {
  private final LaneKey lane;
  private final Inference inference;
  private final Map<Symbol, SymbolEvaluation> symbols = new HashMap<>();
  private final List<SymbolState> restored = new ArrayList<>();

  LaneSymbols(LaneKey lane, Inference inference) {
    this.lane = lane;
    this.inference = inference;
  }

  /// A symbol as it was committed.
  void restore(SymbolState state) {
    restored.add(state);
    symbols.put(state.symbol(), SymbolEvaluation.restore(state, inference));
  }

  /// As they were restored, without what was read since.
  void beginAsRestored() {
    symbols.clear();
    List<SymbolState> states = List.copyOf(restored);
    restored.clear();
    states.forEach(this::restore);
  }

  /// The prices of the restored state are older than what is missing.
  void forgetRestored() {
    restored.clear();
    all().forEach(symbol -> restored.add(symbol.stored(LaneProgress.BEFORE_ALL)));
  }

  List<SymbolState> restored() {
    return restored;
  }

  Optional<SymbolEvaluation> find(Symbol symbol) {
    return Optional.ofNullable(symbols.get(symbol));
  }

  SymbolEvaluation add(Symbol symbol) {
    SymbolEvaluation added = new SymbolEvaluation(lane.provider(), lane.lane(), symbol, inference);
    symbols.put(symbol, added);
    return added;
  }

  Collection<SymbolEvaluation> all() {
    return symbols.values();
  }
}
