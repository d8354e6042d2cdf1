package dev.mdp.bus.kafka;

import dev.mdp.core.bus.LogBounds;
import dev.mdp.core.bus.Position;
import dev.mdp.core.error.UnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/// Looks at single entries and at the ends of the log, with a few readers for all who ask.
/// Thread-safe.
final class KafkaLog implements AutoCloseable {
  private static final int READERS = 4;
  private static final int PAGE = 1_000;
  private static final int PAGE_BYTES = 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaClients clients;
  private final Readers pages;

  /// A broker gives at least one whole batch, however little is asked for.
  private final Readers singles;

  /// From the first offset to before the next one.
  record Ends(long begin, long end) {}

  KafkaLog(KafkaClients clients) {
    this.clients = clients;
    this.pages = new Readers(PAGE, PAGE_BYTES);
    this.singles = new Readers(1, 1);
  }

  Ends ends(TopicPartition partition) {
    return singles.with(reader -> ends(reader, partition));
  }

  /// The first offset that the log still has.
  long begin(TopicPartition partition) {
    return singles.with(reader -> begin(reader, partition));
  }

  /// The first offset whose record was appended then or later; that of the next record when there
  /// is none.
  long appendedSince(TopicPartition partition, long millis) {
    return singles.with(reader -> {
      OffsetAndTimestamp found =
          reader.offsetsForTimes(Map.of(partition, Math.max(0, millis))).get(partition);
      return found == null ? ends(reader, partition).end() : found.offset();
    });
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

  /// The record at exactly this offset: mostly one fetch and nothing else.
  Optional<ConsumerRecord<ByteBuffer, ByteBuffer>> at(TopicPartition partition, long offset) {
    return singles.with(reader -> {
      try {
        assign(reader, partition);
        reader.seek(partition, offset);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
          var page = reader.poll(Duration.ofMillis(100)).records(partition);
          if (!page.isEmpty()) {
            return Optional.of(page.getFirst()).filter(found -> found.offset() == offset);
          }
          // A client's own idea of the log's end is as old as its last answer: the broker is asked.
          Ends ends = ends(reader, partition);
          if (reader.position(partition) > offset
              || offset < ends.begin()
              || offset >= ends.end()) {
            return Optional.empty();
          }
        }
        throw notGiven(partition, offset);
      } catch (OffsetOutOfRangeException _) {
        return Optional.empty();
      }
    });
  }

  /// Up to `limit` records from the first of these offsets on, oldest first.
  List<ConsumerRecord<ByteBuffer, ByteBuffer>> read(
      TopicPartition partition, long from, long before, int limit) {
    return pages.with(reader -> {
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
          throw notGiven(partition, reader.position(partition));
        }
      }
      return found;
    });
  }

  @Override
  public void close() {
    singles.close();
    pages.close();
  }

  static TopicPartition partition(String topic, int shard) {
    return new TopicPartition(topic, shard);
  }

  static Position position(ConsumerRecord<?, ?> entry) {
    return Offsets.position(entry.offset());
  }

  private static Ends ends(Consumer<ByteBuffer, ByteBuffer> reader, TopicPartition partition) {
    List<TopicPartition> one = assign(reader, partition);
    long begin = begin(reader, partition);
    long end = reader.endOffsets(one).getOrDefault(partition, 0L);
    return new Ends(begin, Math.max(begin, end));
  }

  private static long begin(Consumer<ByteBuffer, ByteBuffer> reader, TopicPartition partition) {
    return reader.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  private static List<TopicPartition> assign(
      Consumer<ByteBuffer, ByteBuffer> reader, TopicPartition partition) {
    List<TopicPartition> one = List.of(partition);
    if (!reader.assignment().contains(partition)) {
      reader.assign(one);
    }
    return one;
  }

  private UnavailableException notGiven(TopicPartition partition, long offset) {
    return new UnavailableException(
        "Kafka at %s does not give the entries of %s from offset %d on"
            .formatted(clients.settings().bootstrapServers(), partition, offset));
  }

  /// A few readers of one kind, made when they are first needed. Thread-safe.
  private final class Readers {
    private final Semaphore turns = new Semaphore(READERS);
    private final Queue<Consumer<ByteBuffer, ByteBuffer>> idle = new ConcurrentLinkedQueue<>();
    private final int maxRecords;
    private final int maxBytes;

    Readers(int maxRecords, int maxBytes) {
      this.maxRecords = maxRecords;
      this.maxBytes = maxBytes;
    }

    <T> T with(Function<Consumer<ByteBuffer, ByteBuffer>, T> work) {
      turns.acquireUninterruptibly();
      Consumer<ByteBuffer, ByteBuffer> taken = idle.poll();
      try {
        Consumer<ByteBuffer, ByteBuffer> reader =
            taken == null ? clients.reader(maxRecords, maxBytes, Duration.ZERO) : taken;
        taken = reader;
        return work.apply(reader);
      } catch (RuntimeException e) {
        throw clients.translated(e);
      } finally {
        if (taken != null) {
          idle.add(taken);
        }
        turns.release();
      }
    }

    void close() {
      for (Consumer<ByteBuffer, ByteBuffer> each = idle.poll(); each != null; each = idle.poll()) {
        each.close(CloseOptions.timeout(Duration.ofSeconds(2)));
      }
    }
  }
}
