package dev.mdp.bench;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.RawPublisher;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.bus.Topics;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A bus that takes the time from a live trade's own time to its acknowledgement. One thread, but
/// for what the bus itself allows.
final class TimedBus implements EventBus {
  private final EventBus bus;
  private final Clock clock = Clock.systemUTC();
  private long[] micros = new long[1 << 16];
  private int count;

  TimedBus(EventBus bus) {
    this.bus = bus;
  }

  /// How many live trades were acknowledged.
  int live() {
    return count;
  }

  double latencyMillis(double share) {
    long[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    return count == 0 ? Double.NaN : sorted[(int) ((count - 1) * share)] / 1e3;
  }

  void clear() {
    count = 0;
  }

  private void note(List<? extends MarketEvent> events) {
    long now = Micros.of(clock.instant());
    for (MarketEvent event : events) {
      if (event instanceof Tick tick && tick.lane().equals(MarketEvent.LIVE)) {
        if (count == micros.length) {
          micros = Arrays.copyOf(micros, 2 * count);
        }
        micros[count++] = now - tick.srcMicros();
      }
    }
  }

  @Override
  public Publisher openPublisher(String topic) {
    Publisher publisher = bus.openPublisher(topic);
    return new Publisher() {
      @Override
      public void publish(List<? extends MarketEvent> events) {
        publisher.publish(events);
        note(events);
      }

      @Override
      public void close() {
        publisher.close();
      }
    };
  }

  @Override
  public int shards() {
    return bus.shards();
  }

  @Override
  public DeadLetterPublisher openDeadLetters(String topic) {
    return bus.openDeadLetters(topic);
  }

  @Override
  public RawPublisher openRaw(String topic) {
    return bus.openRaw(topic);
  }

  @Override
  public ShardSubscription openShard(String topic, int shard) {
    return bus.openShard(topic, shard);
  }

  @Override
  public CompetingSubscription openCompeting(String topic, String group, String consumer) {
    return bus.openCompeting(topic, group, consumer);
  }

  @Override
  public Optional<ShardAssignment> openAssignment(String topic, String group, String member) {
    return bus.openAssignment(topic, group, member);
  }

  @Override
  public BusInspector inspector() {
    return bus.inspector();
  }

  @Override
  public Topics topics() {
    return bus.topics();
  }

  @Override
  public void ping() {
    bus.ping();
  }

  @Override
  public void close() {
    bus.close();
  }
}
