package dev.mdp.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.Publisher;
import dev.mdp.core.bus.ShardSubscription;
import dev.mdp.core.error.ConfigException;
import dev.mdp.testkit.bus.BusEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Producers and workers that were told different numbers of shards.
class ShardNumberIT {
  private final String topic = "contract." + UUID.randomUUID();

  @Test
  void aProducerIsHeldToTheNumberThatTheGroupReads() {
    try (RedisBus two = bus(2);
        RedisBus four = bus(4)) {
      two.openCompeting(topic, "g", "a").close();

      assertThatThrownBy(() -> four.openPublisher(topic))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("read 2 shards, bus.redis.shards is 4 here")
          .hasMessageContaining("Set bus.redis.shards: 2");
      assertThatCode(() -> two.openPublisher(topic).close()).doesNotThrowAnyException();
    }
  }

  @Test
  void anOwnerOfAShardNotesTheNumberWithItsFirstCommit() {
    try (RedisBus two = bus(2);
        RedisBus one = bus(1)) {
      try (Publisher publisher = two.openPublisher(topic);
          ShardSubscription shard = two.openShard(topic, 0)) {
        publisher.publish(BusEvents.ticks("SPY", 0, 3));
        shard.mirror("bars", Position.START);
      }

      assertThatThrownBy(() -> one.openPublisher(topic)).isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void afterTheGroupsOfAnotherNumberProducersFollow() {
    try (RedisBus two = bus(2);
        RedisBus three = bus(3)) {
      two.openCompeting(topic, "g", "a").close();
      three.openCompeting(topic, "h", "a").close();

      assertThatCode(() -> three.openPublisher(topic).close()).doesNotThrowAnyException();
    }
  }

  @Test
  void aReaderFindsTheStreamsOfAnotherNumber() throws Exception {
    try (RedisBus four = bus(4);
        CompetingSubscription group = four.openCompeting(topic, "g", "a")) {
      assertThat(group.poll(1, Duration.ZERO)).isEmpty();

      assertThat(seenBy(1)).containsExactly(topic + ".0");
      assertThat(seenBy(2)).containsExactly(topic + ".2");
      assertThat(seenBy(4)).isEmpty();
      SharedRedis.run(SharedRedis.uri(), redis -> redis.xadd(topic, Map.of("data", "x")));
      assertThat(seenBy(4)).containsExactly(topic);
    }
  }

  private List<String> seenBy(int shards) throws ServerError {
    RedisSettings settings = RedisSettings.of(SharedRedis.uri(), topic, shards);
    try (RedisConnector connector = new RedisConnector(settings);
        RedisLink link = new RedisLink(connector, settings.commandTimeout())) {
      return new ShardNumber(link, new StreamNames(topic, shards), topic).others();
    }
  }

  private RedisBus bus(int shards) {
    return new RedisBus(RedisSettings.of(SharedRedis.uri(), topic, shards), new CountingMetrics());
  }
}
