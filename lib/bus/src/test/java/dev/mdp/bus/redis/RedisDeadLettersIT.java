package dev.mdp.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.EventBus;
import dev.mdp.testkit.bus.DeadLettersContract;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisDeadLettersIT extends DeadLettersContract {
  private int shards = 1;

  @Override
  protected EventBus open(String topic, int shards) {
    this.shards = shards;
    return new RedisBus(RedisSettings.of(SharedRedis.uri(), topic, shards), new CountingMetrics());
  }

  @Test
  void whatIsOlderThanItsRetentionIsRemovedAndTheRestCounted() {
    String stream = topic + ".dlq";
    long now = System.currentTimeMillis();
    for (long age : new long[] {90_000, 61_000, 10_000}) {
      SharedRedis.ask(SharedRedis.uri(), Verb.XADD, stream, (now - age) + "-0", "data", "{}");
    }
    CountingMetrics metrics = new CountingMetrics();
    RedisSettings settings =
        RedisSettings.of(SharedRedis.uri(), topic, 1)
            .withDeadLetterRetention(Duration.ofMinutes(1));
    try (RedisBus bus = new RedisBus(settings, metrics);
        DeadLetterPublisher letters = bus.openDeadLetters(topic)) {
      letters.removeExpired();
      SharedRedis.ask(SharedRedis.uri(), Verb.XADD, stream, "*", "data", "{}");
      letters.removeExpired();
    }

    assertThat(metrics.deadLetters).containsEntry(topic + " stored", 1L);
    assertThat(SharedRedis.ask(SharedRedis.uri(), Verb.XLEN, stream)).containsExactly(2L);
  }

  @Override
  protected void appendRaw(String topic, int shard, Map<String, String> fields) {
    SharedRedis.append(
        SharedRedis.uri(), new StreamNames(this.topic, shards).name(topic, shard), fields);
  }
}
