package dev.mdp.testkit.bus;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.read;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every bus has to do for a group of competing consumers: read, commit, ack.
public abstract class CompetingContract extends BusContract {
  protected static final String GROUP = "tick-consumer";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BRIEFLY = Duration.ofMillis(20);

  @Test
  void givesEachEntryToOneConsumerFromTheLogsFirstEntryOn() {
    EventBus bus = bus(2);
    List<Tick> all = new ArrayList<>();
    for (int symbol = 0; symbol < 20; symbol++) {
      all.addAll(ticks("S" + symbol, 0, 50));
    }
    publish(bus, all);

    Set<MarketEvent> seen = new HashSet<>();
    try (CompetingSubscription a = bus.openCompeting(topic, GROUP, "a");
        CompetingSubscription b = bus.openCompeting(topic, GROUP, "b")) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      for (int i = 0; seen.size() < all.size() && System.nanoTime() < deadline; i++) {
        CompetingSubscription reader = i % 2 == 0 ? a : b;
        List<Delivery> some = reader.poll(64, BRIEFLY);
        assertThat(some).hasSizeLessThanOrEqualTo(64).noneMatch(Delivery::redelivered);
        assertThat(events(some)).allMatch(seen::add);
        reader.ack(some);
      }
    }
    assertThat(seen).isEqualTo(new HashSet<>(all));
  }

  @Test
  void keepsTheOrderWithinAShard() {
    EventBus bus = bus(2);
    publish(bus, ticks("SPY", 0, 500));

    try (CompetingSubscription a = bus.openCompeting(topic, GROUP, "a")) {
      List<Delivery> deliveries = read(a, 500);
      assertThat(events(deliveries)).isEqualTo(ticks("SPY", 0, 500));
      assertThat(deliveries).allMatch(d -> d.shard() == Shards.of("contract", "SPY", 2));
    }
  }

  @Test
  void givesItsOwnUnacknowledgedEntriesAgainAfterOpening() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 10));
    try (CompetingSubscription first = bus.openCompeting(topic, GROUP, "a")) {
      first.ack(read(first, 8).subList(0, 3));
    }

    try (CompetingSubscription again = bus.openCompeting(topic, GROUP, "a")) {
      List<Delivery> deliveries = read(again, 7);
      assertThat(events(deliveries)).isEqualTo(ticks("SPY", 3, 10));
      assertThat(deliveries.subList(0, 5)).allMatch(Delivery::redelivered);
      assertThat(deliveries.subList(5, 7)).noneMatch(Delivery::redelivered);
      again.ack(deliveries);
    }
    assertThat(bus.inspector().groups(topic).getFirst().pending()).isZero();
  }

  @Test
  void givesWhatItCannotUseAndForeignEntriesAsMalformed() {
    EventBus bus = bus(2);
    int home = Shards.of("manual", "SPY", 2);
    appendRaw(topic, 1 - home, Map.of("data", "no json"));
    appendRaw(
        topic,
        1 - home,
        Map.of(
            "data",
            "{\"provider\":\"manual\",\"symbol\":\"SPY\",\"src_ts\":\"2025-10-24T14:02:01Z\",\"c\":5}"));

    try (CompetingSubscription a = bus.openCompeting(topic, GROUP, "a")) {
      List<Delivery> deliveries = read(a, 2);
      assertThat(deliveries)
          .extracting(delivery -> ((Delivery.Malformed) delivery).reason())
          .containsExactly(DeadLetter.MALFORMED, DeadLetter.WRONG_SHARD);
      a.ack(deliveries);
      assertThat(a.lowWater(1 - home)).isEqualTo(deliveries.getLast().position());
    }
  }

  @Test
  void acknowledgesThousandsAtOnce() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 3_500));

    try (CompetingSubscription a = bus.openCompeting(topic, GROUP, "a")) {
      List<Delivery> deliveries = read(a, 3_500);
      assertThat(deliveries).hasSize(3_500);
      a.ack(deliveries);
      assertThat(a.lowWater(0)).isEqualTo(deliveries.getLast().position());
    }
  }

  @Test
  void goesBackToAnEarlierEntryAndGivesWhatFollowsAgain() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 100));
    try (CompetingSubscription a = bus.openCompeting(topic, GROUP, "a")) {
      List<Delivery> first = read(a, 100);
      a.ack(first.subList(0, 60));
      Position mark = first.get(29).position();

      assertThat(a.moveTo(0, mark)).isPresent();
      assertThat(a.moveTo(0, mark)).isPresent();
      assertThat(a.lowWater(0)).as("though later entries are pending").isEqualTo(mark);
      publish(bus, ticks("SPY", 100, 110));

      List<Delivery> again = new ArrayList<>(read(a, 80));
      again.sort(Comparator.comparing(Delivery::position));
      assertThat(events(again)).isEqualTo(ticks("SPY", 30, 110));
      assertThat(again.subList(0, 70)).allMatch(Delivery::redelivered);
      assertThat(again.subList(70, 80)).noneMatch(Delivery::redelivered);
      a.ack(again);
      assertThat(a.lowWater(0)).isEqualTo(again.getLast().position());
      assertThat(a.poll(10, BRIEFLY)).isEmpty();
    }
  }

  @Test
  void goesForwardOverEntriesThatAreStoredAlready() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 100));
    Position mark;
    try (CompetingSubscription other = bus.openCompeting(topic, "other", "a")) {
      mark = read(other, 100).get(79).position();
    }

    try (CompetingSubscription a = bus.openCompeting(topic, GROUP, "a")) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (a.moveTo(0, mark).isEmpty() && System.nanoTime() < deadline) {
        assertThat(a.poll(1, BRIEFLY)).hasSizeLessThanOrEqualTo(1);
      }
      assertThat(a.lowWater(0)).isEqualTo(mark);
      assertThat(events(read(a, 20))).isEqualTo(ticks("SPY", 80, 100));
    }
  }

  @Test
  void theLogIsKnownAgainByItsAnchors() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 10));
    try (CompetingSubscription a = bus.openCompeting(topic, GROUP, "a")) {
      assertThat(a.anchorBefore(0, Position.START)).isEmpty();
      List<Delivery> deliveries = read(a, 10);
      Position fifth = deliveries.get(4).position();

      LogAnchor anchor = a.anchorBefore(0, fifth).orElseThrow();

      assertThat(anchor.position()).isEqualTo(fifth);
      assertThat(a.anchor(0, fifth)).contains(anchor);
      assertThat(a.anchor(0, new Position(fifth.major() + 1_000_000, 1))).isEmpty();
      assertThat(a.bounds(0).lastEver()).isEqualTo(deliveries.getLast().position());
    }
  }
}
