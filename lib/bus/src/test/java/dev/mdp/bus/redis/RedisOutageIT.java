package dev.mdp.bus.redis;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.read;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.GroupStatus;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.UnavailableException;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.embedded.redis.EmbeddedRedis;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A server that stops, comes back, is flushed or runs full while it is used.
class RedisOutageIT {
  private static final String TOPIC = "mdp.events";
  private static final Instant LATER = Instant.parse("2200-01-01T00:00:00Z");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final EmbeddedRedis redis = EmbeddedRedis.startTemporary();
  private final CountingMetrics metrics = new CountingMetrics();
  private final RedisBus bus = bus(redis, Duration.ofSeconds(60));

  @AfterEach
  void stop() {
    bus.close();
    redis.close();
  }

  @Test
  void blockedReadEndsWithTheServerAndContinuesAtTheSamePlace() throws Exception {
    publish(ticks("SPY", 0, 100));
    try (ShardSubscription subscription = bus.openShard(TOPIC, 0)) {
      assertThat(events(read(subscription, 100))).hasSize(100);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread reader = blockedReader(subscription, failure);

      long before = System.nanoTime();
      redis.kill();
      assertThat(reader.join(Duration.ofSeconds(5))).isTrue();

      assertThat(failure.get())
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("127.0.0.1:" + redis.port());
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LONG);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> subscription.poll(10, LONG))
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining("Connection refused");
      }
      redis.startAgain();
      publish(ticks("SPY", 100, 150));
      assertThat(events(read(subscription, 50))).isEqualTo(ticks("SPY", 100, 150));
    }
  }

  @Test
  void noEntryIsLostOrDoubledWhenTheServerGoesWhileABatchIsOnItsWay() {
    publish(ticks("SPY", 0, 5_000));
    try (ShardSubscription subscription = bus.openShard(TOPIC, 0)) {
      List<Delivery> all = new ArrayList<>(subscription.poll(1_000, LONG));
      redis.stop();
      redis.startAgain();
      while (all.size() < 5_000) {
        try {
          List<Delivery> some = subscription.poll(1_000, Duration.ofSeconds(2));
          assertThat(some).isNotEmpty();
          all.addAll(some);
        } catch (UnavailableException e) {
          assertThat(e).hasMessageContaining("127.0.0.1");
        }
      }
      assertThat(events(all)).isEqualTo(ticks("SPY", 0, 5_000));
    }
  }

  @Test
  void aPublisherWaitsForTheServerAndLosesNothing() throws Exception {
    CountDownLatch some = new CountDownLatch(3);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread producer =
        Thread.ofVirtual()
            .start(() -> {
              try (Publisher publisher = bus.openPublisher(TOPIC)) {
                for (int from = 0; from < 20_000; from += 100) {
                  publisher.publish(ticks("SPY", from, from + 100));
                  some.countDown();
                }
              } catch (RuntimeException e) {
                failure.set(e);
              }
            });
    assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();

    redis.stop();
    TimeUnit.MILLISECONDS.sleep(500);
    redis.startAgain();

    assertThat(producer.join(LONG)).isTrue();
    assertThat(failure.get()).isNull();
    assertThat(new HashSet<>(everything())).isEqualTo(new HashSet<>(ticks("SPY", 0, 20_000)));
    assertThat(metrics.ingested).containsEntry(TOPIC + " contract", 20_000L);
  }

  @Test
  void aServerThatWasStartedAgainHasAnotherIncarnation() {
    try (ShardSubscription shard = bus.openShard(TOPIC, 0)) {
      String before = shard.incarnation();
      assertThat(before).isNotEmpty().isEqualTo(shard.incarnation());

      redis.stop();
      assertThatThrownBy(shard::incarnation).isInstanceOf(UnavailableException.class);
      redis.startAgain();

      assertThat(shard.incarnation()).isNotEmpty().isNotEqualTo(before);
    }
  }

  @Test
  void aPublisherGivesUpAfterItsRetryTime() {
    try (RedisBus impatient = bus(redis, Duration.ofMillis(300));
        Publisher publisher = impatient.openPublisher(TOPIC)) {
      redis.stop();
      assertThatThrownBy(() -> publisher.publish(ticks("SPY", 0, 10)))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("127.0.0.1:" + redis.port());
      assertThat(metrics.ingested).isEmpty();

      redis.startAgain();
      publisher.publish(ticks("SPY", 0, 10));
      assertThat(everything()).isEqualTo(ticks("SPY", 0, 10));
      assertThat(metrics.ingested).containsEntry(TOPIC + " contract", 10L);
    }
  }

  @Test
  void aFullServerHoldsThePublisherAndNothingIsReorderedOrDropped() throws Exception {
    SharedRedis.ask(redis.uri(), Verb.CONFIG, "set", "maxmemory", "6mb");
    List<MarketEvent> all = new ArrayList<>(ticks("SPY", 0, 60_000));
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread producer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                publish(all);
              } catch (RuntimeException e) {
                failure.set(e);
              }
            });
    try (ShardSubscription subscription = bus.openShard(TOPIC, 0)) {
      waitUntilThePublisherIsHeld(all.size());
      List<Delivery> read = new ArrayList<>();
      while (read.size() < all.size()) {
        List<Delivery> some = subscription.poll(5_000, Duration.ofSeconds(5));
        assertThat(some).isNotEmpty();
        read.addAll(some);
        subscription.trimBefore(read.getLast().position(), LATER);
      }
      assertThat(producer.join(LONG)).isTrue();
      assertThat(failure.get()).isNull();
      assertThat(events(read)).isEqualTo(all);
    }
  }

  @Test
  void aFullServerIsToldAsWhatItIs() {
    SharedRedis.ask(redis.uri(), Verb.CONFIG, "set", "maxmemory", "1");
    try (RedisBus impatient = bus(redis, Duration.ZERO);
        Publisher publisher = impatient.openPublisher(TOPIC)) {
      assertThatThrownBy(() -> publisher.publish(ticks("SPY", 0, 10)))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("memory is full")
          .hasMessageContaining("mdp stream checkpoints list")
          .hasMessageContaining("Do not trim the stream by hand");
      SharedRedis.ask(redis.uri(), Verb.CONFIG, "set", "maxmemory", "0");
      publisher.publish(ticks("SPY", 0, 10));
    }
    assertThat(everything()).isEqualTo(ticks("SPY", 0, 10));
  }

  @Test
  void aServerNearItsLimitSaysSo() {
    try (ShardSubscription shard = bus.openShard(TOPIC, 0)) {
      assertThat(shard.isShortOfMemory()).isFalse();
      SharedRedis.ask(redis.uri(), Verb.CONFIG, "set", "maxmemory", "100mb");
      assertThat(shard.isShortOfMemory()).isFalse();
      SharedRedis.ask(redis.uri(), Verb.CONFIG, "set", "maxmemory", "1");
      assertThat(shard.isShortOfMemory()).isTrue();
    } finally {
      SharedRedis.ask(redis.uri(), Verb.CONFIG, "set", "maxmemory", "0");
    }
  }

  @Test
  void aFlushedGroupIsCreatedAgainAtTheFirstEntry() {
    publish(ticks("SPY", 0, 10));
    try (CompetingSubscription group = bus.openCompeting(TOPIC, "g", "a")) {
      group.ack(read(group, 10));
      flushAll();
      publish(ticks("SPY", 50, 60));

      requireGone(() -> group.poll(10, Duration.ZERO));
      List<Delivery> after = read(group, 10);
      assertThat(events(after)).isEqualTo(ticks("SPY", 50, 60));
      assertThat(group.lowWater(0)).isLessThan(after.getFirst().position());
      group.ack(after);
      assertThat(group.lowWater(0)).isEqualTo(after.getLast().position());
      flushAll();
      requireGone(() -> group.claimIdle(Duration.ZERO, 10));
      assertThat(group.claimIdle(Duration.ZERO, 10)).isEmpty();
      flushAll();
      requireGone(() -> group.lowWater(0));
      assertThat(group.lowWater(0)).isEqualTo(Position.START);
    }
  }

  /// It is created again, but whether the log is the same is for the caller to see first.
  private static void requireGone(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("it was created again");
  }

  @Test
  void competingConsumerLosesNothingAcrossARestart() {
    publish(ticks("SPY", 0, 3_000));
    try (CompetingSubscription group = bus.openCompeting(TOPIC, "g", "a")) {
      List<Delivery> held = new ArrayList<>(read(group, 500));
      redis.stop();
      assertThatThrownBy(() -> group.poll(500, LONG)).isInstanceOf(UnavailableException.class);
      redis.startAgain();

      List<Delivery> rest = read(group, 2_500);
      assertThat(events(rest)).isEqualTo(ticks("SPY", 500, 3_000));
      held.addAll(rest);
      group.ack(held);
      GroupStatus status = bus.inspector().groups(TOPIC).getFirst();
      assertThat(status.pending()).isZero();
      assertThat(status.lag()).isZero();
    }
  }

  @Test
  void aReaderByPositionFindsAnEmptyLogAfterAFlush() {
    publish(ticks("SPY", 0, 10));
    try (ShardSubscription subscription = bus.openShard(TOPIC, 0)) {
      Delivery last = read(subscription, 10).getLast();
      flushAll();

      assertThat(subscription.poll(10, Duration.ZERO)).isEmpty();
      assertThat(subscription.anchor(last.position())).isEmpty();
      assertThat(subscription.bounds().lastEver()).isEqualTo(Position.START);
      subscription.trimBefore(last.position(), LATER);
      subscription.mirror("builder", last.position());
      assertThat(bus.inspector().groups(TOPIC).getFirst().lastDelivered())
          .isEqualTo(last.position());
    }
  }

  @Test
  void theLagIsUnknownRatherThanWrongAfterATrim() {
    publish(ticks("SPY", 0, 1_000));
    try (CompetingSubscription group = bus.openCompeting(TOPIC, "g", "a");
        ShardSubscription subscription = bus.openShard(TOPIC, 0)) {
      List<Delivery> read = read(group, 300);
      subscription.trimBefore(read.getLast().position(), LATER);

      assertThat(bus.inspector().groups(TOPIC).getFirst().lag()).isIn(-1L, 700L);
    }
  }

  private void waitUntilThePublisherIsHeld(int wanted) throws InterruptedException {
    long before = -1;
    long length = 0;
    while (length != before || length == 0) {
      before = length;
      TimeUnit.MILLISECONDS.sleep(300);
      length = bus.inspector().bounds(TOPIC, 0).length();
    }
    assertThat(length).isLessThan(wanted);
  }

  private static Thread blockedReader(
      ShardSubscription subscription, AtomicReference<Throwable> failure)
      throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              started.countDown();
              try {
                subscription.poll(10, LONG);
              } catch (RuntimeException e) {
                failure.set(e);
              }
            });
    started.await();
    TimeUnit.MILLISECONDS.sleep(200);
    return reader;
  }

  private RedisBus bus(EmbeddedRedis server, Duration retry) {
    return new RedisBus(RedisSettings.of(server.uri(), TOPIC, 1).withPublishRetry(retry), metrics);
  }

  private void publish(List<? extends MarketEvent> events) {
    try (Publisher publisher = bus.openPublisher(TOPIC)) {
      publisher.publish(events);
    }
  }

  private List<MarketEvent> everything() {
    try (ShardSubscription subscription = bus.openShard(TOPIC, 0)) {
      List<Delivery> all = new ArrayList<>();
      List<Delivery> some;
      while (!(some = subscription.poll(5_000, Duration.ZERO)).isEmpty()) {
        all.addAll(some);
      }
      return events(all);
    }
  }

  private void flushAll() {
    SharedRedis.run(redis.uri(), RedisCommands::flushall);
  }
}
