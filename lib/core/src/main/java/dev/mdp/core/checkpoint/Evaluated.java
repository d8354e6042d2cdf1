package dev.mdp.core.checkpoint;

import dev.mdp.core.event.Signal;
import java.util.List;

/// What evaluations since the last commit came to.
///
/// @param signals any order; of the same identity the last one counts
/// @param states each symbol at most once
/// @param forgotten lanes of which nothing is kept any more
/// @param outbox the signals as they go to the bus, to be published after the commit; a bus that
///   takes them late takes them anyway
/// @param outboxNumber under which the outbox is kept, above every number before
/// @param publishedThrough what was kept up to this number is published and need not be kept; 0
///   when that is not news
public record Evaluated(
    List<Signal> signals,
    List<SymbolState> states,
    List<Lane> forgotten,
    List<byte[]> outbox,
    long outboxNumber,
    long publishedThrough)
    implements FencedWrite {
  /// A provider's feed or replay.
  public record Lane(String provider, String lane) {}

  public Evaluated {
    signals = List.copyOf(signals);
    states = List.copyOf(states);
    forgotten = List.copyOf(forgotten);
    outbox = List.copyOf(outbox);
  }
}
