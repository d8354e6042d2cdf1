package dev.mdp.bench;

import dev.mdp.bus.kafka.KafkaBus;
import dev.mdp.bus.kafka.KafkaSettings;
import dev.mdp.core.bus.Shards;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.embedded.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A separate broker and topics that are filled with a feed. One thread.
final class KafkaGround implements AutoCloseable {
  private final EmbeddedKafka broker =
      EmbeddedKafka.startTemporary(
          Path.of(System.getenv().getOrDefault("MDP_KAFKA_LIB", "lib/kafka-broker/target/lib")),
          Map.of());

  String servers() {
    return broker.bootstrapServers();
  }

  long pid() {
    return broker.pid();
  }

  String version() {
    return broker.version();
  }

  /// Creates the topic and writes all entries, each to its shard and with the key a publisher gives
  /// it, and the end to every one.
  void fill(BenchFeed feed, int partitions) {
    try (KafkaBus bus = bus(servers(), feed.topic(), partitions)) {
      bus.topics().create(List.of(feed.topic(), feed.topic() + ".dlq"), 1);
    }
    AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers(),
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                20,
                "batch.size",
                256 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (long i = 0; i < feed.events(); i++) {
        String symbol = BenchFeed.symbol((int) (i % feed.symbols()));
        int shard = Shards.of(feed.provider(), symbol, partitions);
        byte[] key = (feed.provider() + '|' + symbol).getBytes(StandardCharsets.UTF_8);
        producer.send(
            new ProducerRecord<>(feed.topic(), shard, key, feed.entry(i)),
            (_, e) -> failed.compareAndSet(null, e));
      }
      producer.flush();
      for (int shard = 0; shard < partitions; shard++) {
        producer.send(
            new ProducerRecord<>(feed.topic(), shard, null, feed.end()),
            (_, e) -> failed.compareAndSet(null, e));
      }
    }
    Exception first = failed.get();
    if (first != null) {
      throw new IllegalStateException("the topic " + feed.topic() + " was not filled", first);
    }
  }

  static KafkaBus bus(String servers, String topic, int partitions) {
    return new KafkaBus(
        KafkaSettings.of(servers, topic, partitions, new TreeMap<>()), BusMetrics.NONE);
  }

  @Override
  public void close() {
    broker.close();
  }
}
