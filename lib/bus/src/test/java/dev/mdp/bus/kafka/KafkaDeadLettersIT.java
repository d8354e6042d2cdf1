package dev.mdp.bus.kafka;

import dev.mdp.core.bus.EventBus;
import dev.mdp.core.bus.Position;
import dev.mdp.testkit.bus.DeadLettersContract;
import java.util.Map;

class KafkaDeadLettersIT extends DeadLettersContract {
  @Override
  protected EventBus open(String topic, int shards) {
    return SharedKafka.open(topic, shards);
  }

  @Override
  protected void removeFirst(EventBus bus, Position first) {
    SharedKafka.deleteUntil(topic, first.major() + 1);
  }

  @Override
  protected void appendRaw(String topic, int shard, Map<String, String> fields) {
    SharedKafka.append(topic, shard, fields);
  }
}
