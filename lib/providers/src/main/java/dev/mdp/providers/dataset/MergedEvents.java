package dev.mdp.providers.dataset;

import dev.mdp.core.event.MarketEvent;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Several ordered streams as one, in [EventStream#ORDER]; equal events in the order of the
/// streams. One thread.
final class MergedEvents implements EventStream {
  private final List<? extends EventStream> streams;
  private final PriorityQueue<Head> heads = new PriorityQueue<>();
  private @Nullable EventStream refill;
  private int refillIndex;
  private boolean started;

  MergedEvents(List<? extends EventStream> streams) {
    this.streams = streams;
  }

  @Override
  public @Nullable MarketEvent next() {
    if (!started) {
      started = true;
      for (int i = 0; i < streams.size(); i++) {
        push(streams.get(i), i);
      }
    } else if (refill != null) {
      push(refill, refillIndex);
      refill = null;
    }
    Head head = heads.poll();
    if (head == null) {
      return null;
    }
    refill = streams.get(head.index);
    refillIndex = head.index;
    return head.event;
  }

  @Override
  public void close() {
    CloseAll.of(streams);
  }

  private void push(EventStream stream, int index) {
    MarketEvent event = stream.next();
    if (event != null) {
      heads.add(new Head(event, index));
    }
  }

  private record Head(MarketEvent event, int index) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      int byOrder = ORDER.compare(event, other.event);
      return byOrder != 0 ? byOrder : Integer.compare(index, other.index);
    }
  }
}
