package dev.mdp.core.checkpoint;

import dev.mdp.core.event.Symbol;

/// What of one symbol's evaluation cannot be computed again from the log, as it was at its last
/// evaluation.
///
/// @param features of the recursive features
/// @param rules of the rules
public record SymbolState(
    String provider, String lane, Symbol symbol, byte[] features, byte[] rules) {}
