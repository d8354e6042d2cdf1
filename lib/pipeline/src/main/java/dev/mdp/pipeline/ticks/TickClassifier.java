package dev.mdp.pipeline.ticks;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.ledger.Outcome;
import dev.mdp.pipeline.DeadLetterBuffer;
import java.time.InstantSource;
import java.util.List;

/// Decides what becomes of each entry that the tick group reads: a tick that is to be stored, a
/// dead letter, or an event that the group has no use for. Holds the dead letters until they are
/// published. One thread.
final class TickClassifier {
  private final TickSettings settings;
  private final InstantSource clock;
  private final DeadLetterBuffer deadLetters;

  TickClassifier(TickSettings settings, TickPorts ports) {
    this.settings = settings;
    this.clock = ports.clock();
    this.deadLetters = new DeadLetterBuffer(ports.bus(), settings.topic(), ports.encoder());
  }

  /// @param batch takes the ticks
  /// @param writer its ledger counts all that are no ticks to store
  void classify(Delivery delivery, TickBatch batch, TickWriter writer) {
    switch (delivery) {
      case Delivery.Malformed malformed -> {
        deadLetters.add(
            dead(malformed, malformed.provider(), malformed.reason(), malformed.detail())
                .withData(malformed.data()));
        writer.failed(1);
        writer.ledger().count(malformed.provider(), Outcome.DEAD_LETTERED);
      }
      case Delivery.Decoded decoded -> {
        if (!(decoded.event() instanceof Tick tick)) {
          writer.ledger().count(decoded.event().provider(), Outcome.FILTERED);
        } else if (tick.isAheadOf(decoded.appendMicros(), settings.maxFutureMicros())) {
          deadLetters.add(
              dead(
                  decoded,
                  tick.provider(),
                  DeadLetter.FUTURE,
                  "src_ts " + Micros.format(tick.srcMicros()) + " is ahead of the log's clock"),
              tick);
          writer.failed(1);
          writer.ledger().count(tick.provider(), Outcome.DEAD_LETTERED);
        } else {
          batch.add(decoded, tick);
        }
      }
    }
  }

  /// The store refuses the event of this entry; its letter goes out at once.
  void refused(Delivery.Decoded delivery, DataException error) {
    deadLetters.add(
        dead(
            delivery,
            delivery.event().provider(),
            DeadLetter.REFUSED_BY_STORE,
            String.valueOf(error.getMessage())),
        delivery.event());
    deadLetters.publish();
  }

  /// The dead letters of what was classified since the last time.
  DeadLetterBuffer deadLetters() {
    return deadLetters;
  }

  /// A letter without its bytes.
  private DeadLetter dead(Delivery delivery, String provider, String reason, String detail) {
    return new DeadLetter(
        settings.group(),
        settings.topic(),
        delivery.shard(),
        delivery.position(),
        provider,
        reason,
        detail,
        List.of(),
        new byte[0],
        Micros.of(clock.instant()));
  }
}
