package dev.mdp.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.RawPublisher;
import dev.mdp.testkit.bus.EntriesContract;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisEntriesIT extends EntriesContract {
  private int shards = 1;

  @Override
  protected EventBus open(String topic, int shards) {
    this.shards = shards;
    return new RedisBus(RedisSettings.of(SharedRedis.uri(), topic, shards), new CountingMetrics());
  }

  @Test
  void whatIsTooOldIsTakenOffAnOutput() {
    EventBus bus = bus(1);
    try (RawPublisher publisher = bus.openRaw(topic)) {
      publisher.publish(0, Collections.nCopies(1_000, new byte[] {'x'}));
      publisher.trim(0, Instant.EPOCH);
      assertThat(bus.inspector().bounds(topic, 0).length()).isEqualTo(1_000);

      publisher.trim(0, Instant.now().plusSeconds(60));
      assertThat(bus.inspector().bounds(topic, 0).length()).isLessThan(1_000);
    }
  }

  @Override
  protected void appendRaw(String topic, int shard, Map<String, String> fields) {
    SharedRedis.append(
        SharedRedis.uri(), new StreamNames(topic, shards).name(topic, shard), fields);
  }
}
