package dev.mdp.bus.kafka;

import dev.mdp.core.bus.EventBus;
import dev.mdp.testkit.bus.EntriesContract;
import java.util.Map;

class KafkaEntriesIT extends EntriesContract {
  @Override
  protected EventBus open(String topic, int shards) {
    return SharedKafka.open(topic, shards);
  }

  @Override
  protected void appendRaw(String topic, int shard, Map<String, String> fields) {
    SharedKafka.append(topic, shard, fields);
  }
}
