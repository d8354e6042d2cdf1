package dev.mdp.testkit.bus;

import static dev.mdp.testkit.bus.BusEvents.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.RawPublisher;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.bus.StoredDeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every bus has to do so that dead letters can be looked at, sent again and taken away.
public abstract class DeadLettersContract extends BusContract {
  private static final String TICK =
      "{\"symbol\": \"spy\", \"provider\":\"contract\",\"c\":5, \"src_ts\":\"2025-10-24T14:02:01Z\"}";

  @Test
  void aLetterComesBackAsItWasWritten() {
    EventBus bus = bus(2);
    DeadLetter late = letter(DeadLetter.SEALED, List.of("2s", "1m"), 1_234);
    DeadLetter future = letter(DeadLetter.FUTURE, List.of(), DeadLetter.NOT_LATE);

    publishLetters(bus, late, future);

    List<StoredDeadLetter> stored = stored(bus);
    assertThat(stored).hasSize(2);
    assertThat(stored.getFirst().letter()).usingRecursiveComparison().isEqualTo(late);
    assertThat(stored.getLast().letter()).usingRecursiveComparison().isEqualTo(future);
    assertThat(stored.getFirst().letter().identity()).isEqualTo(late.identity());
    assertThat(stored.getLast().id().isAfter(stored.getFirst().id())).isTrue();
  }

  @Test
  void anEntryThatIsNoLetterIsShownAsAnUnknownOne() {
    EventBus bus = bus(1);
    appendRaw(
        topic + ".dlq",
        0,
        Map.of("shard", "99999999999", "position", "x", "at", "then", "late_ms", "-5"));

    StoredDeadLetter stored = stored(bus).getFirst();

    assertThat(stored.letter().reason()).isEqualTo("unknown");
    assertThat(stored.letter().group()).isEqualTo("unknown");
    assertThat(stored.letter().position()).isEqualTo(stored.id());
    assertThat(stored.letter().shard()).isZero();
    assertThat(stored.letter().lateMillis()).isEqualTo(DeadLetter.NOT_LATE);
    assertThat(stored.letter().data()).isEmpty();
  }

  @Test
  void aPayloadSentAgainIsTheSameEntryInTheShardThatWasNamed() {
    EventBus bus = bus(3);
    int home = Shards.of("contract", "SPY", 3);
    byte[] raw = TICK.getBytes(StandardCharsets.UTF_8);

    try (RawPublisher publisher = bus.openRaw(topic)) {
      publisher.publish(home, List.of());
      publisher.publish(home, List.of(raw, raw));
    }

    BusInspector inspector = bus.inspector();
    List<LogEntry> entries = inspector.read(topic, home, Position.START, 10);
    assertThat(entries).hasSize(2).allMatch(entry -> java.util.Arrays.equals(entry.data(), raw));
    assertThat(inspector.read(topic, (home + 1) % 3, Position.START, 10)).isEmpty();
    try (ShardSubscription shard = bus.openShard(topic, home)) {
      assertThat(read(shard, 2)).allMatch(Delivery.Decoded.class::isInstance);
    }
  }

  @Test
  void tellsThePayloadsOfTheEntriesThatAreStillThere() {
    EventBus bus = bus(1);
    appendRaw(topic, 0, Map.of("data", "one"));
    appendRaw(topic, 0, Map.of("data", TICK));
    appendRaw(topic, 0, Map.of("data", "three"));
    BusInspector inspector = bus.inspector();
    List<Position> positions =
        inspector.read(topic, 0, Position.START, 10).stream().map(LogEntry::position).toList();
    Position never = new Position(positions.getLast().major() + 1_000_000, 7);
    removeFirst(bus, positions.getFirst());

    Map<Position, byte[]> payloads =
        inspector.payloads(topic, 0, List.of(positions.get(0), positions.get(1), never));

    assertThat(payloads.keySet()).containsExactly(positions.get(1));
    assertThat(payloads.get(positions.get(1))).isEqualTo(TICK.getBytes(StandardCharsets.UTF_8));
    assertThat(inspector.payloads(topic, 0, List.of())).isEmpty();
  }

  /// Removes the log's first entry, as time or a person does.
  protected void removeFirst(EventBus bus, Position first) {
    bus.inspector().delete(topic, 0, List.of(first));
  }

  private DeadLetter letter(String reason, List<String> intervals, long lateMillis) {
    return new DeadLetter(
        "micro-batcher",
        topic,
        1,
        new Position(17, 4),
        "contract",
        reason,
        "why",
        intervals,
        TICK.getBytes(StandardCharsets.UTF_8),
        1_761_314_521_234_567L,
        lateMillis);
  }

  private void publishLetters(EventBus bus, DeadLetter... letters) {
    try (DeadLetterPublisher publisher = bus.openDeadLetters(topic)) {
      publisher.publish(List.of(letters));
    }
  }

  private List<StoredDeadLetter> stored(EventBus bus) {
    return bus.inspector().read(topic + ".dlq", 0, Position.START, 10).stream()
        .map(StoredDeadLetter::of)
        .toList();
  }
}
