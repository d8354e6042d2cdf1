package dev.mdp.cli.deadletter;

import dev.mdp.cli.output.Printable;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.StoredDeadLetter;
import dev.mdp.core.event.BarEvent;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.Tick;
import java.nio.charset.StandardCharsets;

/// A stored letter and what its payload says today.
record DeadLetterView(StoredDeadLetter stored, Delivery delivery) {
  private static final int PREVIEW = 60;

  DeadLetter dead() {
    return stored.letter();
  }

  /// The symbol, or empty for a payload that has none.
  String symbol() {
    return delivery instanceof Delivery.Decoded decoded
        ? switch (decoded.event()) {
          case Tick tick -> tick.symbol().value();
          case BarEvent bar -> bar.bar().symbol().value();
          case LaneEnd _ -> "";
        }
        : "";
  }

  /// The beginning of the payload, harmless for a terminal.
  String preview() {
    return Printable.cut(text(), PREVIEW);
  }

  /// The payload, harmless for a terminal.
  String text() {
    return Printable.text(new String(dead().data(), StandardCharsets.UTF_8));
  }

  /// How people name it in messages.
  String name() {
    return Printable.text(
        "letter "
            + stored.id()
            + " ("
            + dead().reason()
            + ", "
            + dead().group()
            + ", entry "
            + dead().shard()
            + "/"
            + dead().position()
            + ")");
  }
}
