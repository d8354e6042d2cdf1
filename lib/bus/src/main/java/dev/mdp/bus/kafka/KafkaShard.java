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
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/// One partition read by position, with its own reader and no group. The client fetches ahead by
/// itself. The log is the topic's present incarnation: after it was deleted and created again, no
/// entry that was read before is found any more.
final class KafkaShard implements ShardSubscription {
  static final int MAX_RECORDS = 5_000;

  /// What the readers of all shards together may fetch at once, as it lies in the log: one process
  /// may own them all. Not a power of two: with what comes besides, the share of each of eight
  /// would need one more of the heap's regions.
  private static final int FETCH_BUDGET = 7_680 * 1024;

  private static final int LEAST_FETCH = 128 * 1024;
  private static final int MOST_FETCH = 4 * 1024 * 1024;

  /// How many entries the readers of all shards together may hold unpacked: about 1 kB each, with
  /// the record around it and the event that is made of it.
  private static final int RECORDS_BUDGET = 40_000;

  private static final int LEAST_RECORDS = 250;

  /// Every stretch of every lane needs the log from somewhere, and short windows beside long ones
  /// keep tens of thousands of them.
  private static final int MOST_KEPT = 10_000;

  private static final Duration FETCH_WAIT = Duration.ofMillis(500);

  private final KafkaClients clients;
  private final KafkaLog looks;
  private final TopicCheck topics;
  private final Mirrors mirrors;
  private final TopicPartition partition;
  private final DeliveryDecoder decoder;
  private final ReadPace pace;
  private final Consumer<ByteBuffer, ByteBuffer> reader;
  private @Nullable Uuid topicId;
  private boolean atEnd;

  /// What the last read brought, and how much of it is given out.
  private List<ConsumerRecord<ByteBuffer, ByteBuffer>> page = List.of();

  private int given;

  /// Of entries from which reading may have to begin again.
  private final NavigableMap<Position, LogAnchor> kept = new TreeMap<>();

  /// Whether reading had to continue elsewhere than where it was, since the last seek: entries
  /// between were cut unread.
  private boolean jumped;

  /// Whether the first entry may be any: who starts from scratch takes what is there.
  private boolean beginsAnywhere;

  /// Whether the topic was found to be the same since the last read.
  private boolean known;

  KafkaShard(
      KafkaClients clients,
      KafkaLog looks,
      TopicCheck topics,
      Mirrors mirrors,
      TopicPartition partition,
      DeliveryDecoder decoder,
      ReadPace pace) {
    this.clients = clients;
    this.looks = looks;
    this.topics = topics;
    this.mirrors = mirrors;
    this.partition = partition;
    this.decoder = decoder;
    this.pace = pace;
    int shards = clients.settings().shards(partition.topic());
    int bytes = Math.clamp(FETCH_BUDGET / shards, LEAST_FETCH, MOST_FETCH);
    int records = Math.clamp(RECORDS_BUDGET / shards, LEAST_RECORDS, MAX_RECORDS);
    this.reader = clients.reader(records, bytes, FETCH_WAIT);
    reader.assign(List.of(partition));
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
    beginsAnywhere = anywhere;
    topicId = topics.id(partition.topic());
    turnTo(List.of());
    kept.clear();
    atEnd = false;
    jumped = false;
    known = false;
    reader.seek(partition, Offsets.atOrAfter(first));
  }

  @Override
  public List<Delivery> poll(int max, Duration wait) {
    if (given == page.size()) {
      turnTo(List.of()); // let go while it waits
      fetch(wait);
    }
    int until = Math.min(page.size(), given + max);
    List<Delivery> deliveries = new ArrayList<>(until - given);
    while (given < until) {
      deliveries.add(Records.delivery(decoder, page.get(given++), false));
    }
    return deliveries;
  }

  private void turnTo(List<ConsumerRecord<ByteBuffer, ByteBuffer>> next) {
    page = next;
    given = 0;
  }

  @Override
  public boolean reachedEnd() {
    return atEnd && given == page.size();
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
  /// batch it lies in.
  @Override
  public Optional<LogAnchor> anchor(Position position) {
    if (!Offsets.isEntry(position) || !(known || isSame(topics.requireId(partition.topic())))) {
      return Optional.empty();
    }
    Uuid id = Objects.requireNonNull(topicId);
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
    Uuid id = topicId;
    ConsumerRecord<ByteBuffer, ByteBuffer> record = kept.containsKey(entry) ? null : inPage(entry);
    if (id != null && record != null && kept.size() < MOST_KEPT) {
      kept.put(entry, anchor(id, record));
    }
  }

  /// The entry, if it is given out and not let go. Offsets grow by one from entry to entry, or by
  /// more.
  private @Nullable ConsumerRecord<ByteBuffer, ByteBuffer> inPage(Position entry) {
    long steps = given == 0 ? -1 : entry.major() - page.getFirst().offset();
    for (long i = Math.min(steps, given - 1); i >= 0; i--) {
      ConsumerRecord<ByteBuffer, ByteBuffer> record = page.get((int) i);
      if (record.offset() <= entry.major()) {
        return record.offset() == entry.major() ? record : null;
      }
    }
    return null;
  }

  private static LogAnchor anchor(Uuid topic, ConsumerRecord<ByteBuffer, ByteBuffer> entry) {
    return LogAnchor.of(KafkaLog.position(entry), Records.identity(topic, entry));
  }

  /// Reads are of consecutive offsets: while none had to jump, nothing was cut unread. Retention
  /// may take the entry itself, after a quiet time, and nothing after it.
  @Override
  public boolean isWholeAfter(Position read) {
    known = !jumped && isSame(topics.requireRecentId(partition.topic()));
    return known;
  }

  /// A topic that was not there when reading was to begin is taken as it is now: nothing was read
  /// of another.
  private boolean isSame(Uuid id) {
    if (topicId == null) {
      topicId = id;
    }
    return id.equals(topicId);
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
    reader.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
  }

  private void fetch(Duration wait) {
    known = false;
    try {
      pace.linger(wait);
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> next = read(wait);
      pace.read(next.size());
      beginsAnywhere &= next.isEmpty();
      turnTo(next);
      atEnd = reader.currentLag(partition).orElse(1) == 0;
    } catch (RuntimeException e) {
      atEnd = false;
      throw clients.translated(e);
    }
  }

  private List<ConsumerRecord<ByteBuffer, ByteBuffer>> read(Duration wait) {
    try {
      return reader.poll(wait).records(partition);
    } catch (OffsetOutOfRangeException _) {
      goBackIntoTheLog();
      return reader.poll(wait).records(partition);
    }
  }

  /// The place of reading is not in the log: it was cut, or created again.
  private void goBackIntoTheLog() {
    jumped |= !beginsAnywhere;
    KafkaLog.Ends ends = looks.ends(partition);
    long place = clients.guarded(() -> reader.position(partition));
    reader.seek(partition, Math.clamp(place, ends.begin(), ends.end()));
  }
}
