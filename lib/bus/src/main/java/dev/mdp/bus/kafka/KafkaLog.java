package dev.mdp.bus.kafka;

import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Looks at single entries and at the ends of the log, with one reader for all who ask: one caller
/// after the other. Thread-safe.
final class KafkaLog implements AutoCloseable {
  private static final int PAGE = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaClients clients;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Consumer<ByteBuffer, ByteBuffer> reader;

  /// From the first offset to before the next one.
  record Ends(long begin, long end) {}

  KafkaLog(KafkaClients clients) {
    this.clients = clients;
  }

  Ends ends(TopicPartition partition) {
    return with(reader -> ends(reader, partition));
  }

  LogBounds bounds(TopicPartition partition) {
    Ends ends = ends(partition);
    boolean empty = ends.begin() == ends.end();
    return new LogBounds(
        empty ? Optional.empty() : Optional.of(Offsets.position(ends.begin())),
        empty ? Optional.empty() : Optional.of(Offsets.before(ends.end())),
        Offsets.before(ends.end()),
        ends.end() - ends.begin(),
        ends.begin() > 0);
  }

  /// The record at exactly this offset.
  Optional<ConsumerRecord<ByteBuffer, ByteBuffer>> at(TopicPartition partition, long offset) {
    return read(partition, offset, offset + 1, 1).stream().findFirst();
  }

  /// Up to `limit` records from the first of these offsets on, oldest first.
  List<ConsumerRecord<ByteBuffer, ByteBuffer>> read(
      TopicPartition partition, long from, long before, int limit) {
    return with(reader -> {
      Ends ends = ends(reader, partition);
      long first = Math.max(from, ends.begin());
      long end = Math.min(before, ends.end());
      List<ConsumerRecord<ByteBuffer, ByteBuffer>> found = new ArrayList<>();
      if (first >= end) {
        return found;
      }
      reader.seek(partition, first);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (found.size() < limit && reader.position(partition) < end) {
        ConsumerRecords<ByteBuffer, ByteBuffer> page = reader.poll(Duration.ofMillis(100));
        for (ConsumerRecord<ByteBuffer, ByteBuffer> each : page.records(partition)) {
          if (each.offset() < end && found.size() < limit) {
            found.add(each);
          }
        }
        if (!page.isEmpty()) {
          deadline = System.nanoTime() + PATIENCE.toNanos();
        } else if (System.nanoTime() > deadline) {
          throw new dev.mdp.core.error.UnavailableException(
              "Kafka at "
                  + clients.settings().bootstrapServers()
                  + " does not give the entries of "
                  + partition
                  + " from offset "
                  + reader.position(partition)
                  + " on");
        }
      }
      return found;
    });
  }

  @Override
  public void close() {
    lock.lock();
    try {
      Consumer<ByteBuffer, ByteBuffer> open = reader;
      reader = null;
      if (open != null) {
        open.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
      }
    } finally {
      lock.unlock();
    }
  }

  static TopicPartition partition(String topic, int shard) {
    return new TopicPartition(topic, shard);
  }

  static Position position(ConsumerRecord<?, ?> entry) {
    return Offsets.position(entry.offset());
  }

  private static Ends ends(Consumer<ByteBuffer, ByteBuffer> reader, TopicPartition partition) {
    List<TopicPartition> one = List.of(partition);
    if (!reader.assignment().contains(partition)) {
      reader.assign(one);
    }
    long begin = reader.beginningOffsets(one).getOrDefault(partition, 0L);
    long end = reader.endOffsets(one).getOrDefault(partition, 0L);
    return new Ends(begin, Math.max(begin, end));
  }

  private <T> T with(Function<Consumer<ByteBuffer, ByteBuffer>, T> work) {
    lock.lock();
    try {
      Consumer<ByteBuffer, ByteBuffer> open = reader;
      if (open == null) {
        open = clients.reader(PAGE, Duration.ZERO);
        reader = open;
      }
      return work.apply(open);
    } catch (RuntimeException e) {
      throw clients.translated(e);
    } finally {
      lock.unlock();
    }
  }
}
