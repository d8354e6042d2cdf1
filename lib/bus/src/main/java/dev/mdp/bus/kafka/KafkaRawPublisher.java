package dev.mdp.bus.kafka;

import dev.mdp.core.bus.RawPublisher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Appends payloads to the partitions of a topic.
final class KafkaRawPublisher implements RawPublisher {
  private final RecordAppender appender;
  private final String topic;

  KafkaRawPublisher(RecordAppender appender, String topic) {
    this.appender = appender;
    this.topic = topic;
  }

  @Override
  public void publish(int shard, List<byte[]> payloads) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(payloads.size());
    payloads.forEach(payload -> records.add(new ProducerRecord<>(topic, shard, null, payload)));
    appender.append(records);
  }

  /// Nothing: the topic's own retention keeps it short.
  @Override
  public void trim(int shard, Instant appendedBefore) {}

  @Override
  public void close() {
    appender.close();
  }
}
