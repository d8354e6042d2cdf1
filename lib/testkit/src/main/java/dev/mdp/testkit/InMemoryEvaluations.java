package dev.mdp.testkit;

import dev.mdp.core.checkpoint.CheckpointKey;
import dev.mdp.core.checkpoint.Evaluated;
import dev.mdp.core.checkpoint.EvaluationState;
import dev.mdp.core.checkpoint.SymbolState;
import dev.mdp.core.event.Signal;
import dev.mdp.core.event.Symbol;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Signals, states and outboxes in memory. One thread.
public final class InMemoryEvaluations {
  private final Map<SignalKey, Signal> signals = new HashMap<>();
  private final Map<CheckpointKey, Shard> shards = new HashMap<>();

  private record SignalKey(String provider, Symbol symbol, long tsMicros, String name) {}

  private record StateKey(String provider, String lane, Symbol symbol) {}

  private static final class Shard {
    private final Map<StateKey, SymbolState> states = new HashMap<>();
    private final TreeMap<Long, List<byte[]>> outbox = new TreeMap<>();
  }

  void write(CheckpointKey key, Evaluated evaluated) {
    Shard shard = shards.computeIfAbsent(key, _ -> new Shard());
    for (Signal signal : evaluated.signals()) {
      signals.put(
          new SignalKey(signal.provider(), signal.symbol(), signal.tsMicros(), signal.name()),
          signal);
    }
    for (Evaluated.Lane lane : evaluated.forgotten()) {
      shard
          .states
          .keySet()
          .removeIf(state ->
              state.provider().equals(lane.provider()) && state.lane().equals(lane.lane()));
    }
    for (SymbolState state : evaluated.states()) {
      shard.states.put(new StateKey(state.provider(), state.lane(), state.symbol()), state);
    }
    shard.outbox.headMap(evaluated.publishedThrough(), true).clear();
    if (!evaluated.outbox().isEmpty()
        && shard.outbox.put(evaluated.outboxNumber(), evaluated.outbox()) != null) {
      throw new AssertionError("outbox number " + evaluated.outboxNumber() + " was used before");
    }
  }

  EvaluationState read(CheckpointKey key) {
    Shard shard = shards.computeIfAbsent(key, _ -> new Shard());
    return new EvaluationState(List.copyOf(shard.states.values()), shard.outbox);
  }

  public Collection<Signal> signals() {
    return signals.values();
  }
}
