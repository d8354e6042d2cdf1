package dev.mdp.testkit.bus;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.read;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every bus has to do for a group of competing consumers: read, commit, ack.
public abstract class CompetingContract extends BusContract {
  protected static final String GROUP = "tick-consumer";

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
      for (int i = 0; i < 200 && seen.size() < all.size(); i++) {
        CompetingSubscription reader = i % 2 == 0 ? a : b;
        List<Delivery> some = reader.poll(64, NOW);
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
  void claimsWhatAnotherConsumerLeft() {
    EventBus bus = bus(2);
    List<Tick> all = new ArrayList<>(ticks("A", 0, 20));
    all.addAll(ticks("B", 0, 20));
    all.addAll(ticks("C", 0, 20));
    publish(bus, all);
    try (CompetingSubscription dead = bus.openCompeting(topic, GROUP, "dead")) {
      assertThat(read(dead, 60)).hasSize(60);
    }

    try (CompetingSubscription heir = bus.openCompeting(topic, GROUP, "heir")) {
      assertThat(heir.poll(100, NOW)).isEmpty();
      assertThat(heir.claimIdle(Duration.ofHours(1), 100)).isEmpty();
      Set<MarketEvent> claimed = new HashSet<>();
      for (int i = 0; i < 40 && claimed.size() < 60; i++) {
        List<Delivery> some = heir.claimIdle(NOW, 16);
        assertThat(some).hasSizeLessThanOrEqualTo(16).allMatch(Delivery::redelivered);
        assertThat(events(some)).as("nothing is claimed twice").allMatch(claimed::add);
        heir.ack(some);
      }
      assertThat(claimed).isEqualTo(new HashSet<>(all));
    }
    assertThat(bus.inspector().groups(topic)).allMatch(status -> status.pending() == 0);
  }

  @Test
  void acknowledgesPendingEntriesThatWereDeleted() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 10));
    List<Position> all =
        bus.inspector().read(topic, 0, Position.START, 10).stream()
            .map(LogEntry::position)
            .toList();
    try (CompetingSubscription dead = bus.openCompeting(topic, GROUP, "dead")) {
      List<Delivery> deliveries = read(dead, 10);
      bus.inspector()
          .delete(topic, 0, List.of(deliveries.get(2).position(), deliveries.get(7).position()));
    }

    try (CompetingSubscription heir = bus.openCompeting(topic, GROUP, "heir")) {
      List<Delivery> claimed = heir.claimIdle(NOW, 100);
      assertThat(claimed).hasSize(8);
      assertThat(heir.takeLost()).containsExactly(new LostEntries(0, 2, all.get(2), all.get(7)));
      assertThat(heir.takeLost()).isEmpty();
      heir.ack(claimed);
      assertThat(heir.lowWater(0)).isEqualTo(bus.inspector().bounds(topic, 0).lastEver());
    }
    assertThat(bus.inspector().groups(topic).getFirst().pending()).isZero();
  }

  @Test
  void skipsItsOwnEntriesThatWereDeleted() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 4));
    try (CompetingSubscription first = bus.openCompeting(topic, GROUP, "a")) {
      bus.inspector().delete(topic, 0, List.of(read(first, 4).get(1).position()));
    }

    try (CompetingSubscription again = bus.openCompeting(topic, GROUP, "a")) {
      List<Delivery> deliveries = read(again, 3);
      assertThat(deliveries).hasSize(3);
      assertThat(again.takeLost()).hasSize(1).allMatch(lost -> lost.entries() == 1);
      again.ack(deliveries);
      assertThat(again.poll(10, NOW)).isEmpty();
    }
    assertThat(bus.inspector().groups(topic).getFirst().pending()).isZero();
  }

  @Test
  void lowWaterIsJustBeforeTheOldestUnacknowledgedEntryOfTheWholeGroup() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 10));

    try (CompetingSubscription a = bus.openCompeting(topic, GROUP, "a");
        CompetingSubscription b = bus.openCompeting(topic, GROUP, "b")) {
      assertThat(a.lowWater(0)).isEqualTo(Position.START);
      List<Delivery> ofA = read(a, 5);
      List<Delivery> ofB = read(b, 5);
      b.ack(ofB);
      assertThat(a.lowWater(0)).isLessThan(ofA.getFirst().position());

      a.ack(ofA.subList(0, 3));
      assertThat(b.lowWater(0))
          .isLessThan(ofA.get(3).position())
          .isGreaterThanOrEqualTo(ofA.get(2).position());
      a.ack(ofA);
      assertThat(b.lowWater(0)).isEqualTo(ofB.getLast().position());
    }
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
}
