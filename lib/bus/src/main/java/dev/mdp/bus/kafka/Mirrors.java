package dev.mdp.bus.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Reports to the cluster how far a group has come, for its own tools. A group that has members
/// takes offsets from its members only. Thread-safe.
final class Mirrors {
  private final KafkaClients clients;
  private final Admin admin;
  private final Map<String, GroupAssignment> members = new ConcurrentHashMap<>();

  Mirrors(KafkaClients clients, Admin admin) {
    this.clients = clients;
    this.admin = admin;
  }

  void joined(String group, GroupAssignment member) {
    members.put(group, member);
  }

  void left(String group) {
    members.remove(group);
  }

  /// @param next the offset of the next entry to read
  void commit(String group, TopicPartition partition, long next) {
    GroupAssignment member = members.get(group);
    if (member != null) {
      member.commit(partition, next);
    } else {
      clients.answer(
          admin
              .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(next)))
              .all());
    }
  }
}
