package dev.mdp.testkit.bus;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.read;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.GroupStatus;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every bus has to do with a log that is read by position. Extend it, and [EntriesContract]
/// and [CompetingContract], for each bus.
public abstract class EventBusContract extends BusContract {
  private static final Instant LATER = Instant.parse("2200-01-01T00:00:00Z");

  /// Whether a log is trimmed when a reader asks for it; else it keeps itself short.
  protected boolean trims() {
    return true;
  }

  @Test
  void readsWhatWasPublishedInOrder() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 2_500));

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      List<Delivery> deliveries = read(subscription, 2_500);

      assertThat(events(deliveries)).isEqualTo(ticks("SPY", 0, 2_500));
      assertThat(deliveries).extracting(Delivery::position).isSorted().doesNotHaveDuplicates();
      assertThat(deliveries).allMatch(delivery -> delivery.appendMicros() > 1_600_000_000_000_000L);
      assertThat(deliveries).noneMatch(Delivery::redelivered);
      assertThat(subscription.poll(10, NOW)).isEmpty();
    }
  }

  @Test
  void readsAThousandEntriesInOneCall() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 1_000));

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      assertThat(subscription.poll(1_000, Duration.ofSeconds(10))).hasSize(1_000);
    }
  }

  @Test
  void tellsWhetherAPollCameToTheEnd() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 2_500));

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      int seen = 0;
      while (seen < 2_500) {
        assertThat(subscription.reachedEnd()).as("%d of 2,500", seen).isFalse();
        seen += subscription.poll(700, Duration.ofSeconds(10)).size();
      }
      subscription.poll(10, NOW);
      assertThat(subscription.reachedEnd()).isTrue();

      subscription.seek(Position.START);
      subscription.poll(7, NOW);
      assertThat(subscription.reachedEnd()).isFalse();
    }
  }

  @Test
  void neverGivesMoreThanItWasAskedFor() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 100));

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      List<Delivery> all = new ArrayList<>();
      for (int max : new int[] {7, 50, 3, 40, 100}) {
        List<Delivery> some = subscription.poll(max, Duration.ofSeconds(1));
        assertThat(some).hasSizeLessThanOrEqualTo(max);
        all.addAll(some);
      }
      all.addAll(read(subscription, 100 - all.size()));
      assertThat(events(all)).isEqualTo(ticks("SPY", 0, 100));
    }
  }

  @Test
  void seeksInclusivelyAndAsOftenAsWanted() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 1_000));

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      List<Delivery> all = read(subscription, 1_000);
      for (int from : new int[] {500, 0, 999, 123}) {
        subscription.seek(all.get(from).position());
        assertThat(events(read(subscription, Math.min(200, 1_000 - from))).getFirst())
            .isEqualTo(BusEvents.tick("SPY", from));
      }
      subscription.seek(new Position(all.getLast().position().major() + 1, 0));
      assertThat(subscription.poll(10, NOW)).isEmpty();
    }
  }

  @Test
  void seesEntriesThatComeWhileItWaits() throws InterruptedException {
    EventBus bus = bus(1);

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      assertThat(subscription.poll(10, Duration.ofMillis(20))).isEmpty();
      Thread producer = Thread.ofVirtual().start(() -> publish(bus, ticks("SPY", 0, 3)));
      assertThat(events(read(subscription, 3))).isEqualTo(ticks("SPY", 0, 3));
      producer.join();
    }
  }

  @Test
  void putsEveryEventIntoItsShard() {
    EventBus bus = bus(4);
    List<Tick> all = new ArrayList<>();
    for (int symbol = 0; symbol < 40; symbol++) {
      all.addAll(ticks("S" + symbol, 0, 5));
    }
    publish(bus, all);

    for (int shard = 0; shard < 4; shard++) {
      int of = shard;
      List<Tick> expected =
          all.stream()
              .filter(tick -> Shards.of(tick.provider(), tick.symbol().value(), 4) == of)
              .toList();
      try (ShardSubscription subscription = bus.openShard(topic, shard)) {
        assertThat(subscription.shard()).isEqualTo(shard);
        assertThat(events(read(subscription, expected.size()))).isEqualTo(expected);
        assertThat(subscription.poll(10, NOW)).isEmpty();
      }
    }
  }

  @Test
  void putsALaneEndIntoEveryShardAfterAllBeforeIt() {
    EventBus bus = bus(3);
    LaneEnd end = new LaneEnd("contract", "replay-1");
    List<MarketEvent> all = new ArrayList<>(ticks("SPY", 0, 10));
    all.add(end);
    publish(bus, all);

    int home = Shards.of("contract", "SPY", 3);
    for (int shard = 0; shard < 3; shard++) {
      try (ShardSubscription subscription = bus.openShard(topic, shard)) {
        List<MarketEvent> read = events(read(subscription, shard == home ? 11 : 1));
        assertThat(read).hasSize(shard == home ? 11 : 1).endsWith(end);
      }
    }
  }

  @Test
  void tellsWhereTheLogBeginsAndEnds() {
    EventBus bus = bus(1);

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      LogBounds empty = subscription.bounds();
      assertThat(empty.first()).isEmpty();
      assertThat(empty.last()).isEmpty();
      assertThat(empty.lastEver()).isEqualTo(Position.START);
      assertThat(empty.length()).isZero();

      publish(bus, ticks("SPY", 0, 3));
      List<Delivery> deliveries = read(subscription, 3);

      LogBounds bounds = subscription.bounds();
      assertThat(bounds.first()).contains(deliveries.getFirst().position());
      assertThat(bounds.last()).contains(deliveries.getLast().position());
      assertThat(bounds.lastEver()).isEqualTo(deliveries.getLast().position());
      assertThat(bounds.length()).isEqualTo(3);
      assertThat(bus.inspector().bounds(topic, 0)).isEqualTo(bounds);
    }
  }

  @Test
  void knowsAnEntryAgainByItsAnchor() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 3));

    try (ShardSubscription subscription = bus.openShard(topic, 0);
        ShardSubscription again = bus(1).openShard(topic, 0)) {
      List<Delivery> all = read(subscription, 3);
      Position second = all.get(1).position();
      LogAnchor anchor = subscription.anchor(second).orElseThrow();

      assertThat(anchor.position()).isEqualTo(second);
      assertThat(again.anchor(second)).contains(anchor);
      assertThat(subscription.anchor(all.get(2).position()).orElseThrow().payloadHash())
          .isNotEqualTo(anchor.payloadHash());
      assertThat(subscription.anchor(new Position(second.major() + 1_000_000, 7))).isEmpty();
    }
  }

  @Test
  void anAnchorThatWasKeptIsTheLogsOwn() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 4));

    try (ShardSubscription subscription = bus.openShard(topic, 0);
        ShardSubscription other = bus(1).openShard(topic, 0)) {
      List<Position> all = new ArrayList<>();
      read(subscription, 4).forEach(delivery -> all.add(delivery.position()));
      all.forEach(subscription::keepAnchor);
      publish(bus, ticks("SPY", 4, 6));
      read(subscription, 2).forEach(delivery -> all.add(delivery.position()));
      subscription.keepAnchor(new Position(all.getLast().major() + 1_000_000, 1));

      for (int entry : new int[] {1, 3, 0, 5, 4, 2}) {
        assertThat(subscription.anchor(all.get(entry)))
            .isPresent()
            .isEqualTo(other.anchor(all.get(entry)));
      }
    }
  }

  @Test
  void trimsOnlyWhatLiesBefore() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 5_000));

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      List<Delivery> all = read(subscription, 5_000);
      subscription.trimBefore(all.get(3_000).position(), LATER);

      long left = subscription.bounds().length();
      assertThat(left).isBetween(2_000L, trims() ? 4_999L : 5_000L);
      subscription.seek(all.get(3_000).position());
      assertThat(events(read(subscription, 2_000))).isEqualTo(ticks("SPY", 3_000, 5_000));
      subscription.trimBefore(new Position(all.getLast().position().major() + 10, 0), LATER);
      assertThat(subscription.bounds().lastEver()).isEqualTo(all.getLast().position());
    }
  }

  @Test
  void tellsTheBussToolsHowFarAGroupHasCome() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 10));

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      List<Delivery> all = read(subscription, 10);
      subscription.mirror("builder", all.get(4).position());
      assertThat(bus.inspector().groups(topic))
          .extracting(GroupStatus::group, GroupStatus::lastDelivered)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("builder", all.get(4).position()));

      subscription.mirror("builder", all.get(9).position());
      GroupStatus status = bus.inspector().groups(topic).getFirst();
      assertThat(status.lastDelivered()).isEqualTo(all.get(9).position());
      assertThat(status.pending()).isZero();
      assertThat(status.lag()).isIn(0L, -1L);
    }
  }
}
