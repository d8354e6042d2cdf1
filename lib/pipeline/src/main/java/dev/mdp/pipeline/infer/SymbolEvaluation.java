package dev.mdp.pipeline.infer;

import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.SymbolState;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Symbol;
import dev.mdp.core.feature.Evaluation;
import dev.mdp.features.SymbolFeatures;
import dev.mdp.inference.rules.RuleState;
import dev.mdp.pipeline.window.EmittedWindow;

/// The features and the memory of the rules of one symbol of one lane. One thread.
final class SymbolEvaluation {
  private final String provider;
  private final String lane;
  private final Symbol symbol;
  private final Inference inference;
  private final RuleState rules;
  private final SymbolFeatures features;

  SymbolEvaluation(String provider, String lane, Symbol symbol, Inference inference) {
    this.provider = provider;
    this.lane = lane;
    this.symbol = symbol;
    this.inference = inference;
    this.features = inference.features().forSymbol();
    this.rules = inference.rules().newState();
  }

  static SymbolEvaluation restore(SymbolState state, Inference inference) {
    SymbolEvaluation symbol =
        new SymbolEvaluation(state.provider(), state.lane(), state.symbol(), inference);
    try {
      var _ = symbol.features.restore(state.features());
      symbol.rules.restore(state.rules());
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "the stored state of "
              + state.provider()
              + " "
              + state.symbol()
              + " in inference_state cannot be read: "
              + e.getMessage()
              + ". `mdp stream checkpoints reset --group GROUP --confirm` starts again at the log's"
              + " first entry (GROUP as in `mdp stream checkpoints list`)",
          e);
    }
    return symbol;
  }

  void put(EmittedWindow window) {
    features.put(DecidedSlice.of(window));
  }

  /// All features over what is before this end; undefined where they look at what is missing.
  ///
  /// @param knownFrom before this event time entries of the lane are missing
  Evaluation evaluate(long endMicros, long knownFrom) {
    double[] values = new double[inference.features().names().size()];
    features.evaluate(endMicros, knownFrom, values);
    return new Evaluation(provider, lane, symbol, endMicros, features.price(), values);
  }

  RuleState rules() {
    return rules;
  }

  /// Forgets the slices; what looks back bars stays.
  void forgetHorizon() {
    features.restart();
  }

  /// Whether it was not evaluated at this end or later.
  boolean isAfterLast(long endMicros) {
    return endMicros > features.lastEndMicros();
  }

  boolean isOf(Evaluated.Lane of) {
    return of.provider().equals(provider) && of.lane().equals(lane);
  }

  String provider() {
    return provider;
  }

  String lane() {
    return lane;
  }

  Symbol symbol() {
    return symbol;
  }

  /// Whether a slice with this start changes what an evaluation has seen already.
  boolean isBeforeLast(long startMicros) {
    return startMicros < features.lastEndMicros();
  }

  /// @param beforeMicros slices before this are not read again after a restart
  SymbolState stored(long beforeMicros) {
    return new SymbolState(
        provider, lane, symbol, features.recursiveState(beforeMicros), rules.save());
  }
}
