package dev.mdp.bus.redis;

import dev.mdp.core.bus.EventBus;
import dev.mdp.testkit.bus.PendingContract;
import java.util.Map;

class RedisPendingIT extends PendingContract {
  private int shards = 1;

  @Override
  protected EventBus open(String topic, int shards) {
    this.shards = shards;
    return new RedisBus(RedisSettings.of(SharedRedis.uri(), topic, shards), new CountingMetrics());
  }

  @Override
  protected void appendRaw(String topic, int shard, Map<String, String> fields) {
    SharedRedis.append(
        SharedRedis.uri(), new StreamNames(topic, shards).name(topic, shard), fields);
  }
}
