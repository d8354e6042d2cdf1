package dev.mdp.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.ShardAssignment;
import dev.mdp.core.bus.ShardAssignment.State;
import dev.mdp.core.error.ConfigException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The group assigns shards to its members.
class KafkaAssignmentIT {
  private static final int SHARDS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private final String topic = "shares." + UUID.randomUUID();
  private EventBus bus;

  @BeforeEach
  void open() {
    bus = SharedKafka.open(topic, SHARDS);
  }

  @AfterEach
  void close() {
    bus.close();
  }

  @Test
  void aloneAMemberIsAssignedEveryShardAndKeepsWhatItTook() {
    try (ShardAssignment a = join("a")) {
      awaitHeld(a, SHARDS);
      assertThat(all(a)).containsOnly(State.NEWLY_ASSIGNED);

      a.taken(2);

      assertThat(a.of(2)).isEqualTo(State.ASSIGNED);
      assertThat(a.of(3)).isEqualTo(State.NEWLY_ASSIGNED);
    }
  }

  @Test
  void aSecondMemberIsGivenHalfAfterTheFirstHasLetGo() {
    try (ShardAssignment a = join("a")) {
      awaitHeld(a, SHARDS);
      IntStream.range(0, SHARDS).forEach(a::taken);
      try (ShardAssignment b = join("b")) {
        await().atMost(PATIENCE).until(() -> all(a).contains(State.REVOKED));
        assertThat(all(b)).containsOnly(State.NOT_ASSIGNED);

        letGoOfWhatGoesBack(a);

        awaitHeld(b, SHARDS / 2);
        assertThat(held(a)).hasSize(SHARDS / 2).doesNotContainAnyElementsOf(held(b));
      }
      awaitHeld(a, SHARDS);
    }
  }

  @Test
  void whoDoesNotLetGoKeepsNobodyWaitingForEver() {
    try (ShardAssignment a = join("a")) {
      awaitHeld(a, SHARDS);
      IntStream.range(0, SHARDS).forEach(a::taken);
      try (ShardAssignment b = join("b")) {
        awaitHeld(b, SHARDS / 2);

        assertThat(all(a).stream().filter(State.REVOKED::equals)).hasSize(SHARDS / 2);
      }
    }
  }

  @Test
  void aChangedNumberOfPartitionsIsRefusedWhileItRuns() {
    try (ShardAssignment a = join("a")) {
      awaitHeld(a, SHARDS);

      KafkaTopicsIT.grow(topic, SHARDS + 1);

      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              org.assertj.core.api.Assertions.assertThatThrownBy(() -> a.of(0))
                  .isInstanceOf(ConfigException.class)
                  .hasMessageContaining(topic + " has 5 partitions, bus.kafka.partitions says 4"));
    }
  }

  private ShardAssignment join(String member) {
    return bus.openAssignment(topic, "builders." + topic, member).orElseThrow();
  }

  private static void awaitHeld(ShardAssignment member, int shards) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(held(member)).hasSize(shards));
  }

  private static void letGoOfWhatGoesBack(ShardAssignment member) {
    for (int shard = 0; shard < SHARDS; shard++) {
      if (member.of(shard) == State.REVOKED) {
        member.letGo(shard);
      }
    }
  }

  private static Set<Integer> held(ShardAssignment member) {
    return IntStream.range(0, SHARDS)
        .filter(shard -> Set.of(State.ASSIGNED, State.NEWLY_ASSIGNED).contains(member.of(shard)))
        .boxed()
        .collect(Collectors.toSet());
  }

  private static List<State> all(ShardAssignment member) {
    return IntStream.range(0, SHARDS).mapToObj(member::of).toList();
  }
}
