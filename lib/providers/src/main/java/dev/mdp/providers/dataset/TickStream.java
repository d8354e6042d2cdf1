package dev.mdp.providers.dataset;

import dev.mdp.core.event.Tick;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Ticks one after the other. One thread; the owner closes it.
interface TickStream extends AutoCloseable {
  /// The order in which a dataset is sent. Ticks that are equal by it keep their order in the
  /// files.
  Comparator<Tick> ORDER =
      (left, right) -> {
        int byTime = Long.compare(left.srcMicros(), right.srcMicros());
        if (byTime != 0) {
          return byTime;
        }
        int bySeq = Long.compare(left.seq(), right.seq());
        return bySeq != 0 ? bySeq : left.symbol().compareTo(right.symbol());
      };

  /// The next tick, or null at the end.
  @Nullable Tick next();

  @Override
  void close();
}
