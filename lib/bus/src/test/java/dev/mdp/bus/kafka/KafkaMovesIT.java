package dev.mdp.bus.kafka;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.bus.Shards;
import dev.mdp.testkit.bus.BusEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A group's partitions move from one member to another.
class KafkaMovesIT {
  private static final Duration BRIEFLY = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private final String topic = "moves." + UUID.randomUUID();
  private EventBus bus;

  @BeforeEach
  void open() {
    bus = SharedKafka.open(topic, 2);
  }

  @AfterEach
  void close() {
    bus.close();
  }

  @Test
  void theNextMemberBeginsAtTheLowWaterMarkAndKnowsWhatWasGivenOut() {
    publish("SPY", 0, 10);
    int shard = Shards.of("contract", "SPY", 2);
    try (CompetingSubscription first = join("first")) {
      List<Delivery> all = BusEvents.read(first, 10);
      first.ack(List.of(all.get(0), all.get(1), all.get(3)));
      assertThat(first.lowWater(shard)).isEqualTo(all.get(1).position());
    }
    publish("SPY", 10, 12);

    try (CompetingSubscription next = join("next")) {
      List<Delivery> deliveries = BusEvents.read(next, 10);

      assertThat(events(deliveries)).isEqualTo(ticks("SPY", 2, 12));
      assertThat(deliveries.subList(0, 8)).allMatch(Delivery::redelivered);
      assertThat(deliveries.subList(8, 10)).noneMatch(Delivery::redelivered);
    }
  }

  @Test
  void whatAMemberHoldsOfAShardThatMovesIsNoLongerItsOwn() {
    publish("SPY", 0, 5);
    publish("AAPL", 0, 5);
    publish("MSFT", 0, 5);
    try (CompetingSubscription first = join("first")) {
      List<Delivery> held = BusEvents.read(first, 15);
      try (CompetingSubscription second = join("second")) {
        List<Delivery> moved = new ArrayList<>();
        java.util.Set<Integer> revoked = new java.util.HashSet<>();
        await()
            .atMost(PATIENCE)
            .until(() -> {
              assertThat(first.poll(10, BRIEFLY)).isEmpty();
              revoked.addAll(first.takeRevoked());
              moved.addAll(second.poll(100, BRIEFLY));
              return !moved.isEmpty();
            });

        assertThat(revoked).hasSize(1);
        assertThat(moved)
            .allMatch(Delivery::redelivered)
            .allMatch(d -> revoked.contains(d.shard()));
        first.ack(held);
        second.ack(moved);
        for (int shard = 0; shard < 2; shard++) {
          Position last = bus.inspector().bounds(topic, shard).lastEver();
          assertThat(first.lowWater(shard)).isEqualTo(last);
        }
      }
    }
  }

  @Test
  void whatRetentionTookBeforeItWasUsedIsTold() {
    String one = "lost." + UUID.randomUUID();
    try (EventBus bus = SharedKafka.open(one, 1)) {
      try (Publisher publisher = bus.openPublisher(one)) {
        publisher.publish(ticks("SPY", 0, 10));
      }
      try (CompetingSubscription first = bus.openCompeting(one, "group." + one, "first")) {
        first.ack(BusEvents.read(first, 2));
      }
      SharedKafka.deleteUntil(one, 6);

      try (CompetingSubscription next = bus.openCompeting(one, "group." + one, "next")) {
        assertThat(events(BusEvents.read(next, 4))).isEqualTo(ticks("SPY", 6, 10));
        assertThat(next.takeLost())
            .containsExactly(new LostEntries(0, 4, new Position(2, 1), new Position(5, 1)));
      }
    }
  }

  @Test
  void logIsWholeAfterReadEntriesExpireButNotUnreadOnesNorAnotherLog() {
    String one = "whole." + UUID.randomUUID();
    try (EventBus bus = SharedKafka.open(one, 1)) {
      try (Publisher publisher = bus.openPublisher(one)) {
        publisher.publish(ticks("SPY", 0, 10));
      }
      try (ShardSubscription log = bus.openShard(one, 0)) {
        List<Delivery> read = BusEvents.read(log, 10);
        log.keepAnchor(read.get(4).position());
        SharedKafka.deleteUntil(one, 6);

        assertThat(log.isWholeAfter(read.get(1).position())).isTrue();
        assertThat(log.anchor(read.get(4).position())).isEmpty();
        assertThat(log.anchor(read.get(5).position())).isEmpty();

        log.seek(read.get(2).position());
        assertThat(events(BusEvents.read(log, 4))).isEqualTo(ticks("SPY", 6, 10));
        assertThat(log.isWholeAfter(read.get(2).position())).isFalse();
        log.seekPastLoss(read.get(2).position());
        assertThat(events(BusEvents.read(log, 4))).isEqualTo(ticks("SPY", 6, 10));
        assertThat(log.isWholeAfter(read.get(6).position())).isTrue();
        log.keepAnchor(read.get(7).position());
        LogAnchor before = log.anchor(read.get(7).position()).orElseThrow();

        SharedKafka.createAgain(bus, one);
        try (Publisher publisher = bus.openPublisher(one)) {
          publisher.publish(ticks("SPY", 0, 10));
        }

        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> !log.isWholeAfter(read.get(7).position()));
        assertThat(log.anchor(read.get(7).position())).isEmpty();
        log.seek(Position.START);
        assertThat(log.anchor(read.get(7).position()))
            .isPresent()
            .isNotEqualTo(Optional.of(before));
      }
    }
  }

  private CompetingSubscription join(String member) {
    return bus.openCompeting(topic, "ticks." + topic, member);
  }

  private void publish(String symbol, int from, int to) {
    try (Publisher publisher = bus.openPublisher(topic)) {
      publisher.publish(ticks(symbol, from, to));
    }
  }
}
