package dev.mdp.core.checkpoint;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an owner of a shard takes up besides the checkpoint.
///
/// @param symbols the state of each symbol at its last evaluation
/// @param unpublished by number, signals that were committed and may not be on the bus yet
public record EvaluationState(
    List<SymbolState> symbols, SortedMap<Long, List<byte[]>> unpublished) {
  public EvaluationState {
    symbols = List.copyOf(symbols);
    unpublished = new TreeMap<>(unpublished);
  }
}
