package dev.mdp.bus.kafka;

import dev.mdp.bus.DeliveryDecoder;
import dev.mdp.bus.ReadPace;
import dev.mdp.core.bus.CompetingSubscription;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.LogAnchor;
import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.LostEntries;
import dev.mdp.core.bus.Position;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member of a consumer group that reads the partitions it is assigned. An entry goes to one
/// member as long as the assignment stays; when a partition moves, the next member begins at the
/// group's low-water mark. One thread.
final class KafkaGroup implements CompetingSubscription {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaGroup.class);
  private static final Duration LEAVE = Duration.ofSeconds(3);

  private final KafkaClients clients;
  private final KafkaLog looks;
  private final TopicCheck topics;
  private final Consumer<ByteBuffer, ByteBuffer> member;
  private final String topic;
  private final int shards;
  private final DeliveryDecoder decoder;
  private final ReadPace pace;
  private final AssignedPartitions assigned;
  private Iterator<ConsumerRecord<ByteBuffer, ByteBuffer>> fetched = nothing();

  KafkaGroup(
      KafkaClients clients,
      KafkaLog looks,
      TopicCheck topics,
      Consumer<ByteBuffer, ByteBuffer> member,
      String topic,
      int shards,
      DeliveryDecoder decoder,
      ReadPace pace) {
    this.clients = clients;
    this.looks = looks;
    this.topics = topics;
    this.member = member;
    this.topic = topic;
    this.shards = shards;
    this.decoder = decoder;
    this.pace = pace;
    this.assigned = new AssignedPartitions(looks, clients.settings().bootstrapServers(), member);
    member.subscribe(List.of(topic), assigned);
  }

  @Override
  public List<Delivery> poll(int max, Duration wait) {
    try {
      if (!fetched.hasNext()) {
        pace.linger(wait);
        assigned.locateUnplaced();
        fetch(wait);
      }
      return give(max);
    } catch (RuntimeException e) {
      readAgain();
      throw clients.translated(e);
    }
  }

  /// Nothing: the group itself moves the partitions of a dead member.
  @Override
  public List<Delivery> claimIdle(Duration idle, int max) {
    return List.of();
  }

  @Override
  public Set<Integer> takeRevoked() {
    return assigned.takeRevoked();
  }

  /// Entries of a partition that was revoked meanwhile are the next member's: it writes them again.
  @Override
  public void ack(List<Delivery> deliveries) {
    Set<TopicPartition> touched = new HashSet<>();
    for (Delivery delivery : deliveries) {
      TopicPartition partition = KafkaLog.partition(topic, delivery.shard());
      PartitionProgress progress = assigned.progress(partition);
      if (progress != null) {
        progress.acknowledge(delivery.position());
        touched.add(partition);
      }
    }
    commit(touched);
  }

  @Override
  public Position lowWater(int shard) {
    TopicPartition partition = KafkaLog.partition(topic, shard);
    PartitionProgress own = assigned.progress(partition);
    if (own != null) {
      return own.lowWater();
    }
    OffsetAndMetadata committed =
        clients.guarded(() -> member.committed(Set.of(partition))).get(partition);
    return committed == null ? Position.START : Offsets.before(committed.offset());
  }

  @Override
  public LogBounds bounds(int shard) {
    return looks.bounds(KafkaLog.partition(topic, shard));
  }

  /// By the topic's id, not by the entry: retention may take the last entry that was stored, and
  /// nothing after it.
  @Override
  public Optional<LogAnchor> anchor(int shard, Position position) {
    if (!Offsets.isEntry(position)) {
      return Optional.empty();
    }
    KafkaLog.Ends ends = looks.ends(KafkaLog.partition(topic, shard));
    boolean within = ends.begin() <= position.major() + 1 && position.major() < ends.end();
    return within ? anchorBefore(shard, position) : Optional.empty();
  }

  @Override
  public Optional<LogAnchor> anchorBefore(int shard, Position position) {
    return Offsets.isEntry(position)
        ? Optional.of(LogAnchor.of(position, Records.identity(topics.requireRecentId(topic))))
        : Optional.empty();
  }

  /// Kafka itself fences the acknowledgements of who lost a partition.
  @Override
  public String generation(int shard) {
    return "";
  }

  @Override
  public Optional<String> moveTo(int shard, Position position) {
    TopicPartition partition = KafkaLog.partition(topic, shard);
    if (!assigned.moveTo(partition, position)) {
      return Optional.empty();
    }
    try {
      readAgain();
    } catch (RuntimeException e) {
      throw clients.translated(e);
    }
    return commit(Set.of(partition)) ? Optional.of("") : Optional.empty();
  }

  @Override
  public List<LostEntries> takeLost() {
    return assigned.takeLost();
  }

  /// Stays a member without taking anything.
  @Override
  public void idle() {
    try {
      member.pause(member.assignment());
      member.poll(Duration.ZERO);
    } catch (RuntimeException e) {
      readAgain();
      throw clients.translated(e);
    } finally {
      assigned.resume();
    }
  }

  @Override
  public void close() {
    member.close(CloseOptions.timeout(LEAVE));
  }

  private void fetch(Duration wait) {
    try {
      var page = member.poll(wait);
      pace.read(page.count());
      fetched = page.iterator();
      int found = page.isEmpty() ? 0 : member.partitionsFor(topic).size();
      if (found > 0) {
        TopicCheck.requirePartitions(topic, shards, found);
      }
    } catch (OffsetOutOfRangeException e) {
      assigned.goBackIntoTheLog(e);
      fetched = member.poll(wait).iterator();
    }
  }

  /// What is given out is noted with the group before anyone uses it; what could not be noted is
  /// given again.
  private List<Delivery> give(int max) {
    List<Delivery> deliveries = new ArrayList<>();
    Set<TopicPartition> touched = new HashSet<>();
    while (fetched.hasNext() && deliveries.size() < max) {
      ConsumerRecord<ByteBuffer, ByteBuffer> entry = fetched.next();
      TopicPartition partition = new TopicPartition(topic, entry.partition());
      PartitionProgress progress = assigned.progress(partition);
      if (progress != null && entry.offset() >= progress.next()) {
        boolean again = progress.give(entry.offset());
        deliveries.add(Records.delivery(decoder, entry, again));
        touched.add(partition);
      }
    }
    boolean noted = false;
    try {
      noted = commit(touched);
    } finally {
      if (!noted) {
        takeBack(deliveries);
      }
    }
    return noted ? deliveries : List.of();
  }

  private boolean commit(Set<TopicPartition> touched) {
    Map<TopicPartition, OffsetAndMetadata> offsets = assigned.commits(touched);
    if (offsets.isEmpty()) {
      return true;
    }
    try {
      member.commitSync(offsets);
      return true;
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.debug("{}: partitions are moving", topic, e);
      return false;
    } catch (RuntimeException e) {
      throw clients.translated(e);
    }
  }

  /// The caller never gets them: they are read again, by the member that has the partitions then.
  private void takeBack(List<Delivery> deliveries) {
    for (Delivery delivery : deliveries) {
      PartitionProgress progress = assigned.progress(KafkaLog.partition(topic, delivery.shard()));
      if (progress != null) {
        progress.takeBack(delivery.position());
      }
    }
    readAgain();
  }

  /// After an error reading begins again at what the caller does not hold.
  private void readAgain() {
    fetched = nothing();
    assigned.readAgain();
  }

  private static Iterator<ConsumerRecord<ByteBuffer, ByteBuffer>> nothing() {
    return List.<ConsumerRecord<ByteBuffer, ByteBuffer>>of().iterator();
  }
}
