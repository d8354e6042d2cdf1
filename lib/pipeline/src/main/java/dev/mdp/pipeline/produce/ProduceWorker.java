package dev.mdp.pipeline.produce;

import dev.mdp.core.bus.Publisher;
import dev.mdp.core.error.DataException;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.Lanes;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.fault.Failpoint;
import dev.mdp.core.source.EventSource;
import dev.mdp.pipeline.worker.Pause;
import dev.mdp.pipeline.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Sends a source's events to the bus: a live feed at its own pace, or history at a chosen speed
/// with a final `end` of its lane. What was not acknowledged is sent again with the same identity.
/// One thread.
public final class ProduceWorker implements Worker {
  /// How long a live feed gathers events at least, so that batches come of them at high rates.
  public static final Duration GATHER = Duration.ofMillis(2);

  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  private final String name;
  private final EventSource source;
  private final Publisher publisher;
  private final Pacing pacing;
  private final Pause pause;
  private final String lane;
  private final int batchSize;
  private final SortedMap<String, Long> sent = new TreeMap<>();
  private List<MarketEvent> waiting = List.of();
  private int next;
  private boolean ended;
  private volatile long total;

  /// @param lane the lane to end when the source is exhausted; empty for live data, which has no
  ///   end
  public ProduceWorker(
      String name,
      EventSource source,
      Publisher publisher,
      Pacing pacing,
      Pause pause,
      String lane,
      int batchSize) {
    this.name = name;
    this.source = source;
    this.publisher = publisher;
    this.pacing = pacing;
    this.pause = pause;
    this.lane = lane;
    this.batchSize = batchSize;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int poll() {
    if (next == waiting.size()) {
      waiting = source.next(batchSize);
      waiting.forEach(ProduceWorker::requireForeign);
      next = 0;
    }
    if (waiting.isEmpty()) {
      if (source.exhausted()) {
        end();
      } else {
        sleep(source.untilNext());
      }
      return 0;
    }
    int due = due();
    if (due == next) {
      sleep(pacing.untilDue(waiting.get(next)));
      return 0;
    }
    List<MarketEvent> batch = waiting.subList(next, due);
    Failpoint.PRODUCE_BEFORE_PUBLISH.pass();
    publisher.publish(batch);
    Failpoint.PRODUCE_AFTER_PUBLISH.pass();
    for (MarketEvent event : batch) {
      sent.merge(event.provider(), 1L, Long::sum);
    }
    int published = batch.size();
    total += published;
    next = due;
    return published;
  }

  @Override
  public boolean finished() {
    return ended;
  }

  @Override
  public boolean isSource() {
    return true;
  }

  @Override
  public void drain() {
    publisher.close();
    source.close();
  }

  @Override
  public void abandon() {
    drain();
  }

  /// Acknowledged events per provider. Read it after the worker has ended.
  public Map<String, Long> sent() {
    return sent;
  }

  /// Acknowledged events so far; any thread.
  public long total() {
    return total;
  }

  private void end() {
    if (!lane.equals(MarketEvent.LIVE)) {
      List<LaneEnd> ends = new ArrayList<>();
      for (String provider : sent.keySet()) {
        ends.add(new LaneEnd(provider, lane));
      }
      publisher.publish(ends);
    }
    ended = true;
  }

  /// Only what fills the holes of a live feed goes in its lanes: it would be folded into windows of
  /// others, and repair them.
  private static void requireForeign(MarketEvent event) {
    if (Lanes.isFill(event.lane())) {
      throw new DataException(
          "an event of %s is in the lane '%s': %s"
              .formatted(event.provider(), event.lane(), Lanes.RESERVED));
    }
  }

  private int due() {
    int due = next;
    while (due < waiting.size() && !pacing.untilDue(waiting.get(due)).isPositive()) {
      due++;
    }
    return due;
  }

  private void sleep(Duration wanted) {
    try {
      pause.pause(wanted.compareTo(LONGEST_WAIT) < 0 ? wanted : LONGEST_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
