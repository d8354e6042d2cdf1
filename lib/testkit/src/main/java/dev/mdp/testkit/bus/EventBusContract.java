package dev.mdp.testkit.bus;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.read;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.Anchor;
import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.GroupStatus;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.LaneEnd;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every bus has to do with a log that is read by position. Extend it, and
/// [CompetingContract], for each bus; every test has a topic of its own.
public abstract class EventBusContract {
  private static final Instant LATER = Instant.parse("2200-01-01T00:00:00Z");
  protected static final Duration NOW = Duration.ZERO;
  protected final String topic = "contract." + UUID.randomUUID();
  private final List<EventBus> opened = new ArrayList<>();

  /// Opens a bus whose events topic is `topic`.
  protected abstract EventBus open(String topic, int shards);

  /// Appends an entry as another program would, past every encoder.
  protected abstract void appendRaw(String topic, int shard, Map<String, String> fields);

  protected final EventBus bus(int shards) {
    EventBus bus = open(topic, shards);
    opened.add(bus);
    return bus;
  }

  @AfterEach
  void closeBuses() {
    opened.forEach(EventBus::close);
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

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      Position second = read(subscription, 3).get(1).position();
      LogEntry entry = bus.inspector().read(topic, 0, second, 1).getFirst();

      assertThat(subscription.anchor(second)).contains(Anchor.of(second, entry.data()));
      assertThat(subscription.anchor(new Position(second.major() + 1_000_000, 7))).isEmpty();
    }
  }

  @Test
  void trimsOnlyWhatLiesBefore() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 5_000));

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      List<Delivery> all = read(subscription, 5_000);
      subscription.trimBefore(all.get(3_000).position(), LATER);

      assertThat(subscription.bounds().length()).isBetween(2_000L, 4_999L);
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

  @Test
  void readsEntriesOfOtherPrograms() {
    EventBus bus = bus(1);
    String minimal =
        "{\"provider\": \"manual\", \"symbol\": \"spy\", \"src_ts\": \"2025-10-24T14:02:01Z\","
            + " \"price\": 5}";
    appendRaw(topic, 0, Map.of("data", minimal));
    appendRaw(topic, 0, Map.of("header_trace", "abc", "data", minimal, "header_z", "1"));

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      List<MarketEvent> events = events(read(subscription, 2));
      assertThat(events).hasSize(2);
      assertThat(events.getFirst()).isEqualTo(events.getLast());
      assertThat(((Tick) events.getFirst()).symbol().value()).isEqualTo("SPY");
    }
  }

  @Test
  void givesWhatItCannotUseWithItsReasonAndBytes() {
    EventBus bus = bus(1);
    appendRaw(topic, 0, Map.of("data", "no json"));
    appendRaw(topic, 0, Map.of("payload", "{}"));
    publish(bus, ticks("SPY", 0, 1));

    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      List<Delivery> deliveries = read(subscription, 3);
      Delivery.Malformed first = (Delivery.Malformed) deliveries.get(0);
      assertThat(first.reason()).isEqualTo(DeadLetter.MALFORMED);
      assertThat(first.provider()).isEqualTo("unknown");
      assertThat(first.data()).isEqualTo("no json".getBytes(StandardCharsets.UTF_8));
      Delivery.Malformed second = (Delivery.Malformed) deliveries.get(1);
      assertThat(second.reason()).isEqualTo(DeadLetter.MALFORMED);
      assertThat(second.detail()).contains("data");
      assertThat(deliveries.get(2)).isInstanceOf(Delivery.Decoded.class);
    }
  }

  @Test
  void givesAnEntryOfAForeignShardAsMalformed() {
    EventBus bus = bus(2);
    int home = Shards.of("manual", "SPY", 2);
    String json =
        "{\"provider\":\"manual\",\"symbol\":\"SPY\",\"src_ts\":\"2025-10-24T14:02:01Z\",\"c\":5}";
    appendRaw(topic, 1 - home, Map.of("data", json));
    appendRaw(topic, home, Map.of("data", json));

    try (ShardSubscription foreign = bus.openShard(topic, 1 - home);
        ShardSubscription right = bus.openShard(topic, home)) {
      Delivery.Malformed refused = (Delivery.Malformed) read(foreign, 1).getFirst();
      assertThat(refused.reason()).isEqualTo(DeadLetter.WRONG_SHARD);
      assertThat(refused.provider()).isEqualTo("manual");
      assertThat(refused.detail()).contains("shard " + home);
      assertThat(read(right, 1).getFirst()).isInstanceOf(Delivery.Decoded.class);
    }
  }

  @Test
  void keepsDeadLettersWithAllTheirParts() {
    EventBus bus = bus(2);
    byte[] raw = {'{', 0, (byte) 0xff, '"'};
    DeadLetter letter =
        new DeadLetter(
            "tick-consumer", topic, 1, new Position(17, 4), "ibkr", DeadLetter.SEALED, "too late",
            List.of("2s", "1m"), raw, 1_761_314_521_234_567L);
    try (DeadLetterPublisher publisher = bus.openDeadLetters(topic)) {
      publisher.publish(List.of(letter, letter));
    }

    String stream = topic + ".dlq";
    BusInspector inspector = bus.inspector();
    assertThat(inspector.shards(topic)).isEqualTo(2);
    assertThat(inspector.shards(stream)).isEqualTo(1);
    List<LogEntry> entries = inspector.read(stream, 0, Position.START, 10);
    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst().data()).isEqualTo(raw);
    assertThat(entries.getFirst().fields())
        .containsEntry("group", "tick-consumer")
        .containsEntry("reason", "sealed")
        .containsEntry("intervals", "2s,1m")
        .containsEntry("topic", topic)
        .containsEntry("shard", "1")
        .containsEntry("position", "17-4")
        .containsEntry("at", "2025-10-24T14:02:01.234567Z")
        .containsEntry("detail", "too late")
        .containsEntry("provider", "ibkr");

    assertThat(inspector.delete(stream, 0, List.of(entries.getFirst().position()))).isEqualTo(1);
    assertThat(inspector.read(stream, 0, Position.START, 10)).hasSize(1);
  }

  @Test
  void looksAtTheLogFromBothEnds() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 50));
    BusInspector inspector = bus.inspector();

    List<LogEntry> all = inspector.read(topic, 0, Position.START, 1_000);
    List<LogEntry> last = inspector.readLast(topic, 0, all.get(45).position(), 3);

    assertThat(all).hasSize(50);
    assertThat(last)
        .extracting(LogEntry::position)
        .containsExactly(
            all.get(47).position(), all.get(48).position(), all.get(49).position());
    assertThat(inspector.readLast(topic, 0, all.get(48).position(), 10)).hasSize(2);
    assertThat(inspector.decode(all.get(7)))
        .isInstanceOfSatisfying(
            Delivery.Decoded.class,
            decoded -> assertThat(decoded.event()).isEqualTo(BusEvents.tick("SPY", 7)));
    assertThat(inspector.groups("nobody." + topic)).isEmpty();
  }

  protected final void publish(EventBus bus, List<? extends MarketEvent> events) {
    try (Publisher publisher = bus.openPublisher(topic)) {
      publisher.publish(events);
    }
  }
}
