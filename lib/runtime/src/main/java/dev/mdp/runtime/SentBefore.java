package dev.mdp.runtime;

import dev.mdp.core.error.DataException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.source.EventSource;
import java.time.Duration;
import java.util.List;

/// A replay's source, which tells with a bad line how much was sent before it. Events of one call
/// are on the bus when the next call is made. One thread.
final class SentBefore implements EventSource {
  private final EventSource source;
  private final String lane;
  private long sent;

  SentBefore(EventSource source, String lane) {
    this.source = source;
    this.lane = lane;
  }

  @Override
  public List<MarketEvent> next(int max) {
    try {
      List<MarketEvent> events = source.next(max);
      sent += events.size();
      return events;
    } catch (DataException e) {
      String message = String.valueOf(e.getMessage());
      boolean toldAlready = sent == 0 && message.contains("Nothing was sent");
      throw toldAlready ? e : new DataException(message + "; " + describe(), e);
    }
  }

  private String describe() {
    return sent == 0
        ? "nothing was sent"
        : ("%d events had already been sent, in lane %s; fix the files and replay them whole: events"
                + " already sent are recognised")
            .formatted(sent, lane);
  }

  @Override
  public boolean exhausted() {
    return source.exhausted();
  }

  @Override
  public Duration untilNext() {
    return source.untilNext();
  }

  @Override
  public void close() {
    source.close();
  }
}
