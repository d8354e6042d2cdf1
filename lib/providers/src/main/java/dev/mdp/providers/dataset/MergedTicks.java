package dev.mdp.providers.dataset;

import dev.mdp.core.event.Tick;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Several ordered streams as one, in [TickStream#ORDER]; equal ticks in the order of the streams.
/// One thread.
final class MergedTicks implements TickStream {
  private final List<? extends TickStream> streams;
  private final PriorityQueue<Head> heads = new PriorityQueue<>();
  private @Nullable TickStream refill;
  private int refillIndex;
  private boolean started;

  MergedTicks(List<? extends TickStream> streams) {
    this.streams = streams;
  }

  @Override
  public @Nullable Tick next() {
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
    return head.tick;
  }

  @Override
  public void close() {
    CloseAll.of(streams);
  }

  private void push(TickStream stream, int index) {
    Tick tick = stream.next();
    if (tick != null) {
      heads.add(new Head(tick, index));
    }
  }

  private record Head(Tick tick, int index) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      int byOrder = ORDER.compare(tick, other.tick);
      return byOrder != 0 ? byOrder : Integer.compare(index, other.index);
    }
  }
}
