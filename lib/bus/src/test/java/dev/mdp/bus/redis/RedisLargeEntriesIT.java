package dev.mdp.bus.redis;

import static dev.mdp.testkit.bus.BusEvents.read;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.DataException;
import dev.mdp.embedded.redis.EmbeddedRedis;
import dev.mdp.testkit.net.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Entries of a size, or with an id, that no one wants to read.
class RedisLargeEntriesIT {
  private static final String TOPIC = "mdp.events";
  private static final int MEGABYTES = 40;
  private static final String HUGE_ID = "18446744073709551000-1";

  private final EmbeddedRedis redis = EmbeddedRedis.startTemporary();
  private final RedisBus bus =
      new RedisBus(RedisSettings.of(redis.uri(), TOPIC, 1), new CountingMetrics());

  @AfterEach
  void stop() {
    bus.close();
    redis.close();
  }

  @Test
  void everyReaderPassesOverEntriesOfManyMegabytes() {
    publish(0, 1);
    String large = "x".repeat(MEGABYTES * 1_000_000);
    SharedRedis.append(redis.uri(), TOPIC, Map.of("data", large));
    SharedRedis.append(redis.uri(), TOPIC, Map.of(large, "value"));
    publish(1, 2);

    try (ShardSubscription shard = bus.openShard(TOPIC, 0);
        CompetingSubscription group = bus.openCompeting(TOPIC, "g", "a")) {
      requirePassedOver(read(shard, 4));
      List<Delivery> given = read(group, 4);
      requirePassedOver(given);
      assertThat(shard.anchor(given.get(1).position())).isPresent();
      group.ack(given);
      assertThat(group.lowWater(0)).isEqualTo(given.getLast().position());
      assertThat(group.bounds(0).length()).isEqualTo(4);
    }
    List<LogEntry> seen = bus.inspector().read(TOPIC, 0, Position.START, 10);
    assertThat(seen).hasSize(4);
    assertThat(seen.get(1).data()).hasSize(LongValues.KEPT);
  }

  @Test
  void anIdBeyondAPositionIsToldToEveryReaderWithWhatHelps() throws Exception {
    publish(0, 3);
    Position last = bus.inspector().bounds(TOPIC, 0).lastEver();
    SharedRedis.ask(redis.uri(), Verb.XADD, TOPIC, HUGE_ID, "data", "{}");

    try (CompetingSubscription group = bus.openCompeting(TOPIC, "g", "a");
        ShardSubscription shard = bus.openShard(TOPIC, 0)) {
      requireTold(() -> group.poll(10, Duration.ZERO));
      requireTold(() -> group.lowWater(0));
      requireTold(() -> shard.poll(10, Duration.ZERO));
      requireTold(shard::bounds);
    }
    requireTold(() -> bus.inspector().read(TOPIC, 0, Position.START, 10));
    requireTold(() -> bus.inspector().bounds(TOPIC, 0));
    requireTold(() -> bus.inspector().groups(TOPIC));

    try (RespClient operator = new RespClient(redis.port())) {
      operator.call("XDEL", TOPIC, HUGE_ID);
      operator.call("XSETID", TOPIC, last.toString());
      operator.call("XGROUP", "DESTROY", TOPIC, "g");
    }
    publish(3, 5);
    try (CompetingSubscription group = bus.openCompeting(TOPIC, "g", "a")) {
      assertThat(group.moveTo(0, last)).isPresent();
      assertThat(read(group, 2)).hasSize(2).allMatch(Delivery.Decoded.class::isInstance);
    }
  }

  private static void requireTold(ThrowingCallable read) {
    assertThatThrownBy(read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("stream " + TOPIC + " on Redis at 127.0.0.1")
        .hasMessageContaining("has the id " + HUGE_ID)
        .hasMessageContaining("XSETID");
  }

  private static void requirePassedOver(List<Delivery> deliveries) {
    assertThat(deliveries).hasSize(4);
    assertThat(deliveries.getFirst()).isInstanceOf(Delivery.Decoded.class);
    assertThat(deliveries.getLast()).isInstanceOf(Delivery.Decoded.class);
    Delivery.Malformed data = (Delivery.Malformed) deliveries.get(1);
    assertThat(data.reason()).isEqualTo(DeadLetter.TOO_LARGE);
    assertThat(data.data()).hasSize(EntryBatch.BEGINNING);
    Delivery.Malformed name = (Delivery.Malformed) deliveries.get(2);
    assertThat(name.reason()).isEqualTo(DeadLetter.MALFORMED);
  }

  private void publish(int from, int to) {
    try (Publisher publisher = bus.openPublisher(TOPIC)) {
      publisher.publish(ticks("SPY", from, to));
    }
  }
}
