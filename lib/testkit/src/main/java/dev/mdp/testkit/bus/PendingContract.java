package dev.mdp.testkit.bus;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.read;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a bus has to do besides that gives entries, not shards, to the members of a group: what a
/// member holds is pending until it is acknowledged, and others may claim it.
public abstract class PendingContract extends BusContract {
  private static final String GROUP = "tick-consumer";

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
}
