package dev.mdp.providers;

import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import dev.mdp.core.source.EventSource;
import java.util.ArrayList;
import java.util.List;

/// Reads sources out, for tests.
public final class Events {
  private Events() {}

  public static List<Tick> ticks(EventSource source, int batch) {
    return all(source, batch).stream().map(Tick.class::cast).toList();
  }

  public static List<MarketEvent> all(EventSource source, int batch) {
    List<MarketEvent> events = new ArrayList<>();
    while (!source.exhausted()) {
      events.addAll(source.next(batch));
    }
    return events;
  }
}
