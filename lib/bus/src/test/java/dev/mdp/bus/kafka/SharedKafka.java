package dev.mdp.bus.kafka;

import dev.mdp.core.bus.EventBus;
import dev.mdp.core.metrics.BusMetrics;
import dev.mdp.embedded.kafka.EmbeddedKafka;
import dev.mdp.testkit.ProfileServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The broker that tests share: the one of `MDP_TEST_KAFKA_BOOTSTRAP`, the image's in the Maven
/// profile `kafka-image`, or one of our own, started once.
final class SharedKafka {
  private static @Nullable String servers;
  private static @Nullable Producer<byte[], byte[]> producer;

  private SharedKafka() {}

  static synchronized String servers() {
    String known = servers;
    if (known == null) {
      String given = System.getenv("MDP_TEST_KAFKA_BOOTSTRAP");
      known = given == null || given.isBlank() ? ours() : given;
      servers = known;
    }
    return known;
  }

  private static String ours() {
    return System.getProperty("mdp.test.kafka.image") == null
        ? start().bootstrapServers()
        : ProfileServer.start("dev.mdp.bus.kafka.KafkaImage");
  }

  /// A broker for one test alone.
  static EmbeddedKafka start() {
    return EmbeddedKafka.startTemporary(Path.of(System.getProperty("mdp.kafka.lib")), Map.of());
  }

  static KafkaSettings settings(String topic, int shards) {
    return KafkaSettings.of(servers(), topic, shards, new TreeMap<>());
  }

  /// A bus whose events topic is there.
  static EventBus open(String topic, int shards) {
    KafkaBus bus = new KafkaBus(settings(topic, shards), BusMetrics.NONE);
    bus.topics().create(List.of(topic, topic + ".dlq"), 1);
    return bus;
  }

  /// What another program does: `data` is the value, everything else a header.
  static synchronized void append(String topic, int shard, Map<String, String> fields) {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = new KafkaClients(settings("any", 1)).producer();
      producer = open;
    }
    String data = fields.get("data");
    ProducerRecord<byte[], byte[]> entry =
        new ProducerRecord<>(
            topic,
            shard,
            utf8("key"),
            topic.endsWith(".dlq") || data != null ? utf8(String.valueOf(data)) : null);
    fields.forEach((name, value) -> {
      if (!name.equals("data")) {
        entry.headers().add(name, utf8(value));
      }
    });
    try {
      open.send(entry).get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Deletes the topic and makes one of the same name.
  static void createAgain(EventBus bus, String topic) {
    KafkaClients clients = new KafkaClients(settings(topic, 1));
    try (Admin admin = clients.admin()) {
      clients.answer(admin.deleteTopics(List.of(topic)).all());
      TopicCheck check = new TopicCheck(clients, admin);
      while (check.describe(topic) != null) {
        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      }
    }
    bus.topics().create(List.of(topic), 1);
  }

  /// What the topic's retention does.
  static void deleteUntil(String topic, long offset) {
    KafkaClients clients = new KafkaClients(settings(topic, 1));
    try (Admin admin = clients.admin()) {
      clients.answer(
          admin
              .deleteRecords(
                  Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
              .all());
    }
  }

  private static byte[] utf8(String text) {
    return text.equals("null") ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }
}
