package dev.mdp.bus.kafka;

import dev.mdp.bus.DeliveryDecoder;
import dev.mdp.bus.ReadPace;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.bus.ShardSubscription;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// One partition read by position, with its own reader and no group. The log is the topic's present
/// incarnation: after it was deleted and created again, no entry that was read before is found any
/// more. One thread.
final class KafkaShard implements ShardSubscription {
  /// Every slice of every lane needs the log from somewhere, and short windows beside long ones
  /// keep tens of thousands of them.
  private static final int MOST_KEPT = 10_000;

  private final KafkaLog looks;
  private final Mirrors mirrors;
  private final TopicPartition partition;
  private final TopicIncarnation incarnation;
  private final PartitionReader reader;

  /// Of entries from which reading may have to begin again.
  private final NavigableMap<Position, LogAnchor> kept = new TreeMap<>();

  KafkaShard(
      KafkaClients clients,
      KafkaLog looks,
      TopicCheck topics,
      Mirrors mirrors,
      TopicPartition partition,
      DeliveryDecoder decoder,
      ReadPace pace) {
    this.looks = looks;
    this.mirrors = mirrors;
    this.partition = partition;
    this.incarnation = new TopicIncarnation(topics, partition.topic());
    this.reader = new PartitionReader(clients, looks, partition, decoder, pace);
    seek(Position.START);
  }

  @Override
  public int shard() {
    return partition.partition();
  }

  /// The topic as it is now is taken for the log.
  @Override
  public void seek(Position first) {
    seek(first, first.equals(Position.START));
  }

  @Override
  public void seekPastLoss(Position first) {
    seek(first, true);
  }

  private void seek(Position first, boolean anywhere) {
    incarnation.begin();
    kept.clear();
    reader.seek(first, anywhere);
  }

  @Override
  public List<Delivery> poll(int max, Duration wait) {
    if (reader.isUsedUp()) {
      incarnation.beforeRead();
      reader.fetch(wait);
    }
    return reader.give(max);
  }

  @Override
  public boolean reachedEnd() {
    return reader.reachedEnd();
  }

  @Override
  public Position appendedSince(long appendMicros) {
    return Offsets.position(looks.appendedSince(partition, Math.floorDiv(appendMicros, 1_000)));
  }

  @Override
  public LogBounds bounds() {
    return looks.bounds(partition);
  }

  /// The entry's hash is one over its payload and the topic's id. Of an entry at hand the log is
  /// asked only where it begins: to give one entry a broker sends, and a client unpacks, the whole
  /// batch it is in.
  @Override
  public Optional<LogAnchor> anchor(Position position) {
    if (!Offsets.isEntry(position) || !incarnation.isSame()) {
      return Optional.empty();
    }
    Uuid id = Objects.requireNonNull(incarnation.id());
    kept.headMap(position).clear();
    keepAnchor(position);
    LogAnchor anchor = kept.get(position);
    if (anchor != null) {
      return looks.begin(partition) <= position.major() ? Optional.of(anchor) : Optional.empty();
    }
    return looks.at(partition, position.major()).map(entry -> anchor(id, entry));
  }

  @Override
  public void keepAnchor(Position entry) {
    Uuid id = incarnation.id();
    ConsumerRecord<ByteBuffer, ByteBuffer> record =
        kept.containsKey(entry) ? null : reader.given(entry);
    if (id != null && record != null && kept.size() < MOST_KEPT) {
      kept.put(entry, anchor(id, record));
    }
  }

  private static LogAnchor anchor(Uuid topic, ConsumerRecord<ByteBuffer, ByteBuffer> entry) {
    return LogAnchor.of(KafkaLog.position(entry), Records.identity(topic, entry));
  }

  /// Reads are of consecutive offsets: while none had to jump, nothing was cut unread. Retention
  /// may take the entry itself, after a quiet time, and nothing after it.
  @Override
  public boolean isWholeAfter(Position read) {
    return !reader.jumped() && incarnation.wasSameRecently();
  }

  /// Nothing: the topic's own retention keeps it short.
  @Override
  public void trimBefore(Position position, Instant appendedBefore) {}

  @Override
  public void mirror(String group, Position position) {
    mirrors.commit(group, partition, Offsets.after(position));
  }

  @Override
  public void close() {
    reader.close();
  }
}
