package dev.mdp.ops.deadletter;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.StoredDeadLetter;
import dev.mdp.core.error.Printable;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.Tick;
import java.util.Set;

/// A stored dead letter and what its payload says today. Anyone may have written its words: they
/// are escaped with [Printable] before they reach a terminal.
public record DeadLetterView(StoredDeadLetter stored, Delivery delivery) {
  public DeadLetter dead() {
    return stored.letter();
  }

  /// The symbol, or empty for a payload that has none.
  public String symbol() {
    return delivery instanceof Delivery.Decoded decoded
        ? switch (decoded.event()) {
          case Tick tick -> tick.symbol().value();
          case BarEvent bar -> bar.bar().symbol().value();
          case LaneEnd _ -> "";
        }
        : "";
  }

  /// How people name it in messages; harmless for a terminal.
  public String name() {
    return Printable.text(
        "dead letter %s (%s, %s, entry %d/%s)"
            .formatted(
                stored.id(), dead().reason(), dead().group(), dead().shard(), dead().position()));
  }

  /// What it can be asked for by: its id, and the position of the entry it is about.
  Set<String> names() {
    String id = stored.id().toString();
    String position = dead().position().toString();
    return id.equals(position) ? Set.of(id) : Set.of(id, position);
  }
}
