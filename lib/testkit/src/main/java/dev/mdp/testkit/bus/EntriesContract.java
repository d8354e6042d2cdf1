package dev.mdp.testkit.bus;

import static dev.mdp.testkit.bus.BusEvents.events;
import static dev.mdp.testkit.bus.BusEvents.read;
import static dev.mdp.testkit.bus.BusEvents.ticks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.event.MarketEvent;
import dev.mdp.core.event.Tick;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every bus has to do with entries of other programs, entries no one can use, and people who
/// look.
public abstract class EntriesContract extends BusContract {
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
  void findsWhereEntriesBeginThatWereAppendedSinceATime() {
    EventBus bus = bus(1);
    publish(bus, ticks("SPY", 0, 2));
    try (ShardSubscription subscription = bus.openShard(topic, 0)) {
      List<Delivery> early = read(subscription, 2);
      long second = early.getLast().appendMicros();
      while (System.currentTimeMillis() * 1_000 <= second + 1_000) {
        Thread.onSpinWait();
      }
      publish(bus, ticks("SPY", 2, 3));
      Delivery late = read(subscription, 1).getFirst();

      subscription.seek(subscription.appendedSince(early.getFirst().appendMicros()));
      assertThat(read(subscription, 3)).hasSize(3);
      subscription.seek(subscription.appendedSince(late.appendMicros()));
      assertThat(read(subscription, 1))
          .extracting(Delivery::position)
          .containsExactly(late.position());
      assertThat(subscription.appendedSince(0)).isLessThanOrEqualTo(early.getFirst().position());
      assertThat(subscription.appendedSince(late.appendMicros() + 60_000_000))
          .isGreaterThan(late.position());
    }
  }

  @Test
  void countsTheEntriesAfterAPosition() {
    EventBus bus = bus(1);
    BusInspector inspector = bus.inspector();
    assertThat(inspector.entriesAfter(topic, 0, Position.START)).isZero();
    publish(bus, ticks("SPY", 0, 2_500));

    List<LogEntry> all = inspector.read(topic, 0, Position.START, 2_500);

    assertThat(inspector.entriesAfter(topic, 0, Position.START)).isEqualTo(2_500);
    assertThat(inspector.entriesAfter(topic, 0, all.getFirst().position())).isEqualTo(2_499);
    assertThat(inspector.entriesAfter(topic, 0, all.get(1_233).position())).isEqualTo(1_266);
    assertThat(inspector.entriesAfter(topic, 0, all.get(2_498).position())).isEqualTo(1);
    assertThat(inspector.entriesAfter(topic, 0, all.getLast().position())).isZero();
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
            "tick-consumer",
            topic,
            1,
            new Position(17, 4),
            "ibkr",
            DeadLetter.SEALED,
            "too late",
            List.of("2s", "1m"),
            raw,
            1_761_314_521_234_567L);
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
        .containsExactly(all.get(47).position(), all.get(48).position(), all.get(49).position());
    assertThat(inspector.readLast(topic, 0, all.get(48).position(), 10)).hasSize(2);
    assertThat(inspector.decode(all.get(7)))
        .isInstanceOfSatisfying(
            Delivery.Decoded.class,
            decoded -> assertThat(decoded.event()).isEqualTo(BusEvents.tick("SPY", 7)));
    assertThat(inspector.groups("unknown." + topic)).isEmpty();
  }
}
