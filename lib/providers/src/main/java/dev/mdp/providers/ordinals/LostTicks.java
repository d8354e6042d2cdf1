package dev.mdp.providers.ordinals;

import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.core.source.FiniteSource;
import dev.mdp.core.store.StoredTicks;
import dev.mdp.core.store.StoredTicks.Moment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The ticks of a reading under whose identity other values are stored.
///
/// @param ticks how many
/// @param first the first one in words; empty when there is none
public record LostTicks(long ticks, String first) {
  private static final int ROWS = 2_000;
  private static final int MOST_AT_A_MOMENT = 500_000;

  /// Reads the source out and compares it.
  public static LostTicks of(FiniteSource source, StoredTicks stored, String provider) {
    WholeMoments moments = new WholeMoments(source, ROWS);
    long lost = 0;
    String first = "";
    while (!moments.exhausted()) {
      Map<Moment, List<Tick>> next = moments.next();
      Map<String, Tick> kept = new HashMap<>();
      stored
          .at(provider, next.keySet(), MOST_AT_A_MOMENT)
          .forEach(tick -> kept.put(tick.eventId(), tick));
      for (List<Tick> ticks : next.values()) {
        for (Tick tick : ticks) {
          Tick other = kept.get(tick.eventId());
          if (other != null && Tick.comparePayload(tick, other) != 0) {
            lost++;
            first = first.isEmpty() ? words(tick, other) : first;
          }
        }
      }
    }
    return new LostTicks(lost, first);
  }

  private static String words(Tick tick, Tick kept) {
    return "%s %s seq %d: %s in the files, %s is kept"
        .formatted(
            tick.symbol(),
            Micros.format(tick.srcMicros()),
            tick.seq(),
            payload(tick),
            payload(kept));
  }

  static String payload(Tick tick) {
    return tick.price() + (Double.isNaN(tick.size()) ? "" : " × " + tick.size());
  }
}
