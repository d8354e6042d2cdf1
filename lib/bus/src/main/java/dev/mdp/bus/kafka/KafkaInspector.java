package dev.mdp.bus.kafka;

import dev.mdp.bus.DeliveryDecoder;
import dev.mdp.core.bus.BusInspector;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.GroupStatus;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.LogEntry;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.ConfigException;
import dev.mdp.core.metrics.BusMetrics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// Looks at topics. In a topic of dead letters an entry counts as removed once a later one with its
/// key and no value stands behind it. Thread-safe.
final class KafkaInspector implements BusInspector {
  private static final int PAGE = 1_000;

  private final KafkaClients clients;
  private final Admin admin;
  private final KafkaLog log;
  private final TopicCheck topics;
  private final DeliveryDecoder decoder;

  KafkaInspector(KafkaClients clients, Admin admin, KafkaLog log, TopicCheck topics) {
    this.clients = clients;
    this.admin = admin;
    this.log = log;
    this.topics = topics;
    this.decoder = new DeliveryDecoder(clients.settings().partitions(), BusMetrics.NONE);
  }

  @Override
  public int shards(String topic) {
    return clients.settings().shards(topic);
  }

  @Override
  public boolean exists(String topic) {
    return topics.describe(topic) != null;
  }

  @Override
  public LogBounds bounds(String topic, int shard) {
    return log.bounds(KafkaLog.partition(topic, shard));
  }

  @Override
  public List<LogEntry> read(String topic, int shard, Position first, int limit) {
    if (topics.describe(topic) == null) {
      return List.of();
    }
    TopicPartition partition = KafkaLog.partition(topic, shard);
    long from = Offsets.atOrAfter(first);
    if (!KafkaTopics.isDeadLetters(topic)) {
      return log.read(partition, from, Long.MAX_VALUE, limit).stream().map(Records::entry).toList();
    }
    List<LogEntry> all = letters(partition, from);
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }

  @Override
  public List<LogEntry> readLast(String topic, int shard, Position first, int limit) {
    if (topics.describe(topic) == null) {
      return List.of();
    }
    TopicPartition partition = KafkaLog.partition(topic, shard);
    long from = Offsets.atOrAfter(first);
    List<LogEntry> all;
    if (KafkaTopics.isDeadLetters(topic)) {
      all = letters(partition, from);
    } else {
      KafkaLog.Ends ends = log.ends(partition);
      long begin = Math.max(from, ends.end() - limit);
      all = log.read(partition, begin, ends.end(), limit).stream().map(Records::entry).toList();
    }
    return List.copyOf(all.subList(Math.max(0, all.size() - limit), all.size()));
  }

  @Override
  public Map<Position, byte[]> payloads(String topic, int shard, Collection<Position> positions) {
    Map<Position, byte[]> found = new HashMap<>();
    TopicPartition partition = KafkaLog.partition(topic, shard);
    TreeSet<Position> wanted = new TreeSet<>(positions);
    while (!wanted.isEmpty()) {
      long from = wanted.first().major();
      Position last = wanted.floor(Offsets.position(from + PAGE - 1));
      for (ConsumerRecord<ByteBuffer, ByteBuffer> each :
          log.read(partition, from, last == null ? from + 1 : last.major() + 1, PAGE)) {
        if (wanted.contains(KafkaLog.position(each))) {
          found.put(KafkaLog.position(each), Records.bytes(each.value()));
        }
      }
      wanted.headSet(Offsets.position(from + PAGE - 1), true).clear();
    }
    return found;
  }

  /// The log numbers its entries; of a topic of dead letters the removed ones count, too.
  @Override
  public long entriesAfter(String topic, int shard, Position position) {
    if (topics.describe(topic) == null) {
      return 0;
    }
    KafkaLog.Ends ends = log.ends(KafkaLog.partition(topic, shard));
    return Math.max(0, ends.end() - Math.max(ends.begin(), Offsets.after(position)));
  }

  @Override
  public List<GroupStatus> groups(String topic) {
    Map<String, ListConsumerGroupOffsetsSpec> all = new HashMap<>();
    clients
        .answer(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
        .forEach(group -> all.put(group.groupId(), new ListConsumerGroupOffsetsSpec()));
    List<GroupStatus> found = new ArrayList<>();
    if (all.isEmpty()) {
      return found;
    }
    clients
        .answer(admin.listConsumerGroupOffsets(all).all())
        .forEach((group, offsets) -> found.addAll(statuses(group, topic, offsets)));
    found.sort(
        java.util.Comparator.comparing(GroupStatus::group).thenComparing(GroupStatus::shard));
    return found;
  }

  /// Only dead letters can be removed one by one: Kafka cuts other topics from their head.
  @Override
  public long delete(String topic, int shard, List<Position> positions) {
    if (!KafkaTopics.isDeadLetters(topic)) {
      throw new ConfigException(
          "entries of "
              + topic
              + " cannot be removed one by one on Kafka; the topic's retention removes the oldest");
    }
    TopicPartition partition = KafkaLog.partition(topic, shard);
    TreeSet<Position> wanted = new TreeSet<>(positions);
    List<ProducerRecord<byte[], byte[]>> removals = new ArrayList<>();
    for (ConsumerRecord<ByteBuffer, ByteBuffer> each : living(partition, 0)) {
      if (wanted.contains(KafkaLog.position(each))) {
        removals.add(new ProducerRecord<>(topic, shard, Records.bytes(each.key()), null));
      }
    }
    try (RecordAppender appender = new RecordAppender(clients, "removals in " + topic)) {
      appender.append(removals);
    }
    return removals.size();
  }

  @Override
  public synchronized Delivery decode(LogEntry entry) {
    return decoder.decode(entry);
  }

  /// What would be wrong with the events topic is refused at start.
  @Override
  public List<String> warnings() {
    return List.of();
  }

  private List<LogEntry> letters(TopicPartition partition, long from) {
    return living(partition, from).stream().map(Records::entry).toList();
  }

  private List<ConsumerRecord<ByteBuffer, ByteBuffer>> living(TopicPartition partition, long from) {
    List<ConsumerRecord<ByteBuffer, ByteBuffer>> all =
        log.read(partition, from, Long.MAX_VALUE, Integer.MAX_VALUE);
    Map<ByteBuffer, Long> removed = new HashMap<>();
    for (ConsumerRecord<ByteBuffer, ByteBuffer> each : all) {
      if (each.value() == null && each.key() != null) {
        removed.put(each.key(), each.offset());
      }
    }
    return all.stream()
        .filter(each -> each.value() != null)
        .filter(each -> each.key() == null || removed.getOrDefault(each.key(), -1L) < each.offset())
        .toList();
  }

  private List<GroupStatus> statuses(
      String group, String topic, Map<TopicPartition, OffsetAndMetadata> offsets) {
    List<GroupStatus> found = new ArrayList<>();
    long members = -1;
    for (Map.Entry<TopicPartition, OffsetAndMetadata> each : offsets.entrySet()) {
      if (each.getKey().topic().equals(topic) && each.getValue() != null) {
        members = members < 0 ? members(group) : members;
        long next = each.getValue().offset();
        found.add(
            new GroupStatus(
                group,
                each.getKey().partition(),
                Offsets.before(next),
                0,
                members,
                Math.max(0, log.ends(each.getKey()).end() - next)));
      }
    }
    return found;
  }

  private long members(String group) {
    return clients.answer(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
        .mapToLong(described -> described.members().size())
        .sum();
  }
}
