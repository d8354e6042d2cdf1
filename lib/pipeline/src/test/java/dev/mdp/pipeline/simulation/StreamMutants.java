package dev.mdp.pipeline.simulation;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.event.Interval;
import dev.mdp.core.event.Micros;
import dev.mdp.core.event.Tick;
import dev.mdp.pipeline.simulation.World.Ports;
import dev.mdp.pipeline.window.WindowSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bugs in how entries are read and judged, made where they come in.
final class StreamMutants {
  private StreamMutants() {}

  /// What a window sees instead of a tick; null when it is not to see it.
  interface Change {
    @Nullable Tick change(Tick tick, Delivery.Decoded delivery, World world);
  }

  static Ports changed(Ports ports, World world, Change change) {
    return withBus(
        ports,
        new ForwardingBus(ports.bus()) {
          @Override
          public ShardSubscription openShard(String topic, int shard) {
            return new ForwardingShard(super.openShard(topic, shard)) {
              @Override
              public List<Delivery> poll(int max, Duration wait) {
                return super.poll(max, wait).stream()
                    .map(delivery -> changed(delivery, world, change))
                    .toList();
              }
            };
          }
        });
  }

  private static Delivery changed(Delivery delivery, World world, Change change) {
    if (!(delivery instanceof Delivery.Decoded it && it.event() instanceof Tick tick)) {
      return delivery;
    }
    Tick changed = change.change(tick, it, world);
    return changed == null
        ? new Delivery.Malformed(
            it.shard(),
            it.position(),
            it.appendMicros(),
            it.redelivered(),
            tick.provider(),
            DeadLetter.SEALED,
            "",
            new byte[0])
        : new Delivery.Decoded(
            it.shard(), it.position(), it.appendMicros(), it.redelivered(), changed);
  }

  static @Nullable Tick lateByWallClock(Tick tick, Delivery.Decoded delivery, World world) {
    WindowSettings settings = world.plan.windows();
    long end = settings.intervals().getFirst().end(tick.srcMicros());
    long late = settings.allowLateMicros() + settings.reviseLateMicros();
    boolean replayed = tick.lane().equals(Feed.Lane.REPLAY.name());
    return !replayed && end + late <= Micros.of(world.clock.instant()) ? null : tick;
  }

  static Tick byArrival(Tick tick, Delivery.Decoded delivery, World world) {
    return with(tick, tick.provider(), tick.lane(), delivery.appendMicros(), tick.seq());
  }

  static Tick neverEqual(Tick tick, Delivery.Decoded delivery, World world) {
    long unique = delivery.position().major() * 1_000 + delivery.position().minor();
    return with(tick, tick.provider(), tick.lane(), tick.srcMicros(), unique);
  }

  static Tick equalByContent(Tick tick, Delivery.Decoded delivery, World world) {
    long content = Double.hashCode(tick.price()) * 31L + Double.hashCode(tick.size());
    return with(tick, tick.provider(), tick.lane(), tick.srcMicros(), content);
  }

  static Tick beforeTheEdge(Tick tick, Delivery.Decoded delivery, World world) {
    Interval shortest = world.plan.windows().intervals().getFirst();
    boolean edge = shortest.start(tick.srcMicros()) == tick.srcMicros();
    long at = tick.srcMicros() - (edge ? 1 : 0);
    return with(tick, tick.provider(), tick.lane(), at, tick.seq());
  }

  static Tick with(Tick tick, String provider, String lane, long srcMicros, long seq) {
    return new Tick(
        provider,
        lane,
        tick.symbol(),
        srcMicros,
        seq,
        tick.price(),
        tick.size(),
        tick.bid(),
        tick.ask(),
        tick.ingestMicros());
  }

  static Ports futureTaken(Ports ports) {
    return withBus(
        ports,
        new ForwardingBus(ports.bus()) {
          @Override
          public ShardSubscription openShard(String topic, int shard) {
            return new ForwardingShard(super.openShard(topic, shard)) {
              @Override
              public List<Delivery> poll(int max, Duration wait) {
                return super.poll(max, wait).stream().map(StreamMutants::appendedLate).toList();
              }
            };
          }
        });
  }

  private static Delivery appendedLate(Delivery delivery) {
    return delivery instanceof Delivery.Decoded it && it.event() instanceof Tick tick
        ? new Delivery.Decoded(
            it.shard(),
            it.position(),
            Math.max(it.appendMicros(), tick.srcMicros()),
            it.redelivered(),
            tick)
        : delivery;
  }

  static Ports deadLettersLast(Ports ports) {
    return withBus(
        ports,
        new ForwardingBus(ports.bus()) {
          @Override
          public DeadLetterPublisher openDeadLetters(String topic) {
            return new Late(super.openDeadLetters(topic));
          }
        });
  }

  private static final class Late implements DeadLetterPublisher {
    private final DeadLetterPublisher next;
    private final List<DeadLetter> waiting = new ArrayList<>();

    Late(DeadLetterPublisher next) {
      this.next = next;
    }

    @Override
    public void publish(List<DeadLetter> letters) {
      next.publish(List.copyOf(waiting));
      waiting.clear();
      waiting.addAll(letters);
    }

    @Override
    public void close() {
      next.publish(List.copyOf(waiting));
      next.close();
    }
  }

  static Ports ackFirst(Ports ports) {
    return withBus(
        ports,
        new ForwardingBus(ports.bus()) {
          @Override
          public CompetingSubscription openCompeting(String topic, String group, String consumer) {
            return new ForwardingMember(super.openCompeting(topic, group, consumer)) {
              @Override
              public List<Delivery> poll(int max, Duration wait) {
                List<Delivery> batch = super.poll(max, wait);
                super.ack(batch);
                return batch;
              }
            };
          }
        });
  }

  private static Ports withBus(Ports ports, ForwardingBus bus) {
    return new Ports(bus, ports.checkpoints(), ports.ticks(), ports.members());
  }
}
