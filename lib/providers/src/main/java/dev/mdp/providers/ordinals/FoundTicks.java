package dev.mdp.providers.ordinals;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.Tick;
import dev.mdp.core.store.StoredTicks.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A provider's ticks that were found on the bus, by their moment; at most [#MOST]. One thread.
final class FoundTicks {
  static final int MOST = 300_000;

  private final String provider;
  private final Map<Moment, List<Tick>> byMoment = new HashMap<>();
  private int ticks;

  FoundTicks(String provider) {
    this.provider = provider;
  }

  /// Throws [DataException] when it is one too many.
  void add(Tick tick) {
    if (++ticks > MOST) {
      throw new DataException(
          "more than %d ticks of %s are on the bus and not stored yet, so files without a seq cannot be compared with them: start mdp stream ticks, and replay when they are stored"
              .formatted(MOST, provider));
    }
    byMoment.computeIfAbsent(Moment.of(tick), _ -> new ArrayList<>(1)).add(tick);
  }

  /// In the order of the log.
  List<Tick> at(Moment moment) {
    return byMoment.getOrDefault(moment, List.of());
  }
}
