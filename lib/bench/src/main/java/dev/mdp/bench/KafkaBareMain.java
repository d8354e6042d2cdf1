package dev.mdp.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A JVM that polls all partitions of a topic with one consumer and only counts. Arguments:
/// `kafka`, `kafkaPid`, `topic`, `partitions`, `entries`.
final class KafkaBareMain {
  private KafkaBareMain() {}

  public static void main(String[] given) {
    Map<String, String> arguments = Child.arguments(given);
    String topic = WorkerParts.required(arguments, "topic");
    List<TopicPartition> all =
        IntStream.range(0, Integer.parseInt(WorkerParts.required(arguments, "partitions")))
            .mapToObj(shard -> new TopicPartition(topic, shard))
            .toList();
    long wanted = Long.parseLong(WorkerParts.required(arguments, "entries"));
    long pid = ProcessHandle.current().pid();
    long kafkaPid = Long.parseLong(WorkerParts.required(arguments, "kafkaPid"));
    try (Consumer<byte[], byte[]> reader =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                WorkerParts.required(arguments, "kafka"),
                "max.poll.records",
                5_000,
                "max.partition.fetch.bytes",
                4 * 1024 * 1024),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      Cpu.Times before = new Cpu.Times(Cpu.process(pid), Cpu.process(kafkaPid), 0);
      long begun = System.nanoTime();
      reader.assign(all);
      reader.seekToBeginning(all);
      long entries = 0;
      while (entries < wanted) {
        entries += reader.poll(Duration.ofSeconds(1)).count();
      }
      long nanos = System.nanoTime() - begun;
      Cpu.Times used = new Cpu.Times(Cpu.process(pid), Cpu.process(kafkaPid), 0).minus(before);
      Child.answer(
          new TreeMap<>(
              Map.of(
                  "entries", entries, "nanos", nanos, "own", used.own(), "kafka", used.redis())));
    }
  }
}
