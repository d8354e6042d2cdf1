package dev.mdp.bus.kafka;

import dev.mdp.bus.DeliveryDecoder;
import dev.mdp.bus.ReadPace;
import dev.mdp.core.bus.Delivery;
import dev.mdp.core.bus.Position;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Reads the entries of one partition page by page, without a group. The client fetches ahead by
/// itself. One thread.
final class PartitionReader implements AutoCloseable {
  static final int MAX_RECORDS = 5_000;

  /// What the readers of all shards together may fetch at once, as it is in the log: one process
  /// may own them all. Not a power of two: with what comes besides, the share of each of eight
  /// would need one more of the heap's regions.
  private static final int FETCH_BUDGET = 7_680 * 1024;

  private static final int LEAST_FETCH = 128 * 1024;
  private static final int MOST_FETCH = 4 * 1024 * 1024;

  /// How many entries the readers of all shards together may hold unpacked: about 1 kB each, with
  /// the record around it and the event that is made of it.
  private static final int RECORDS_BUDGET = 40_000;

  private static final int LEAST_RECORDS = 250;
  private static final Duration FETCH_WAIT = Duration.ofMillis(500);

  private final KafkaClients clients;
  private final KafkaLog looks;
  private final TopicPartition partition;
  private final DeliveryDecoder decoder;
  private final ReadPace pace;
  private final Consumer<ByteBuffer, ByteBuffer> consumer;
  private boolean atEnd;

  /// What the last read brought, and how much of it is given out.
  private List<ConsumerRecord<ByteBuffer, ByteBuffer>> page = List.of();

  private int given;

  /// Whether reading had to continue elsewhere than where it was, since the last seek: entries
  /// between were cut unread.
  private boolean jumped;

  /// Whether the first entry may be any: who starts from scratch takes what is there.
  private boolean beginsAnywhere;

  PartitionReader(
      KafkaClients clients,
      KafkaLog looks,
      TopicPartition partition,
      DeliveryDecoder decoder,
      ReadPace pace) {
    this.clients = clients;
    this.looks = looks;
    this.partition = partition;
    this.decoder = decoder;
    this.pace = pace;
    int shards = clients.settings().shards(partition.topic());
    int bytes = Math.clamp(FETCH_BUDGET / shards, LEAST_FETCH, MOST_FETCH);
    int records = Math.clamp(RECORDS_BUDGET / shards, LEAST_RECORDS, MAX_RECORDS);
    this.consumer = clients.reader(records, bytes, FETCH_WAIT);
    consumer.assign(List.of(partition));
  }

  /// The next entry is the first one at or after this position.
  ///
  /// @param anywhere whether it is accepted that entries are gone from there on
  void seek(Position first, boolean anywhere) {
    beginsAnywhere = anywhere;
    turnTo(List.of());
    atEnd = false;
    jumped = false;
    consumer.seek(partition, Offsets.atOrAfter(first));
  }

  /// Whether all that was read is given out.
  boolean isUsedUp() {
    return given == page.size();
  }

  /// Reads the next page; what is used up is let go while it waits.
  void fetch(Duration wait) {
    turnTo(List.of());
    try {
      pace.linger(wait);
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> next = read(wait);
      pace.read(next.size());
      beginsAnywhere &= next.isEmpty();
      turnTo(next);
      atEnd = consumer.currentLag(partition).orElse(1) == 0;
    } catch (RuntimeException e) {
      atEnd = false;
      throw clients.translated(e);
    }
  }

  /// Gives out up to `max` entries of the page.
  List<Delivery> give(int max) {
    int until = Math.min(page.size(), given + max);
    List<Delivery> deliveries = new ArrayList<>(until - given);
    while (given < until) {
      deliveries.add(Records.delivery(decoder, page.get(given++), false));
    }
    return deliveries;
  }

  boolean reachedEnd() {
    return atEnd && isUsedUp();
  }

  boolean jumped() {
    return jumped;
  }

  /// The entry, if it is given out and not let go. Offsets grow by one from entry to entry, or by
  /// more.
  @Nullable ConsumerRecord<ByteBuffer, ByteBuffer> given(Position entry) {
    long steps = given == 0 ? -1 : entry.major() - page.getFirst().offset();
    for (long i = Math.min(steps, given - 1); i >= 0; i--) {
      ConsumerRecord<ByteBuffer, ByteBuffer> record = page.get((int) i);
      if (record.offset() <= entry.major()) {
        return record.offset() == entry.major() ? record : null;
      }
    }
    return null;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }

  private void turnTo(List<ConsumerRecord<ByteBuffer, ByteBuffer>> next) {
    page = next;
    given = 0;
  }

  private List<ConsumerRecord<ByteBuffer, ByteBuffer>> read(Duration wait) {
    try {
      return consumer.poll(wait).records(partition);
    } catch (OffsetOutOfRangeException _) {
      goBackIntoTheLog();
      return consumer.poll(wait).records(partition);
    }
  }

  /// The place of reading is not in the log: it was cut, or created again.
  private void goBackIntoTheLog() {
    jumped |= !beginsAnywhere;
    KafkaLog.Ends ends = looks.ends(partition);
    long place = clients.guarded(() -> consumer.position(partition));
    consumer.seek(partition, Math.clamp(place, ends.begin(), ends.end()));
  }
}
