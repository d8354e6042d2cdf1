package dev.mdp.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.ShardShares;
import dev.mdp.core.bus.ShardShares.Share;
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
class KafkaSharesIT {
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
    try (ShardShares a = join("a")) {
      awaitHeld(a, SHARDS);
      assertThat(all(a)).containsOnly(Share.ASSIGNED);

      a.taken(2);

      assertThat(a.of(2)).isEqualTo(Share.MINE);
      assertThat(a.of(3)).isEqualTo(Share.ASSIGNED);
    }
  }

  @Test
  void aSecondMemberIsGivenHalfAfterTheFirstHasLetGo() {
    try (ShardShares a = join("a")) {
      awaitHeld(a, SHARDS);
      IntStream.range(0, SHARDS).forEach(a::taken);
      try (ShardShares b = join("b")) {
        await().atMost(PATIENCE).until(() -> all(a).contains(Share.GIVE_BACK));
        assertThat(all(b)).containsOnly(Share.OTHERS);

        letGoOfWhatGoesBack(a);

        awaitHeld(b, SHARDS / 2);
        assertThat(held(a)).hasSize(SHARDS / 2).doesNotContainAnyElementsOf(held(b));
      }
      awaitHeld(a, SHARDS);
    }
  }

  @Test
  void whoDoesNotLetGoKeepsNobodyWaitingForEver() {
    try (ShardShares a = join("a")) {
      awaitHeld(a, SHARDS);
      IntStream.range(0, SHARDS).forEach(a::taken);
      try (ShardShares b = join("b")) {
        awaitHeld(b, SHARDS / 2);

        assertThat(all(a).stream().filter(Share.GIVE_BACK::equals)).hasSize(SHARDS / 2);
      }
    }
  }

  @Test
  void aChangedNumberOfPartitionsIsRefusedWhileItRuns() {
    try (ShardShares a = join("a")) {
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

  private ShardShares join(String member) {
    return bus.openShares(topic, "builders." + topic, member).orElseThrow();
  }

  private static void awaitHeld(ShardShares member, int shards) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(held(member)).hasSize(shards));
  }

  private static void letGoOfWhatGoesBack(ShardShares member) {
    for (int shard = 0; shard < SHARDS; shard++) {
      if (member.of(shard) == Share.GIVE_BACK) {
        member.letGo(shard);
      }
    }
  }

  private static Set<Integer> held(ShardShares member) {
    return IntStream.range(0, SHARDS)
        .filter(shard -> Set.of(Share.MINE, Share.ASSIGNED).contains(member.of(shard)))
        .boxed()
        .collect(Collectors.toSet());
  }

  private static List<Share> all(ShardShares member) {
    return IntStream.range(0, SHARDS).mapToObj(member::of).toList();
  }
}
