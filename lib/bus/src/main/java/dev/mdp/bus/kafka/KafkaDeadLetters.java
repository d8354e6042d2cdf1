package dev.mdp.bus.kafka;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.StoredDeadLetter;
import dev.mdp.core.metrics.BusMetrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Appends dead letters to `<topic>.dlq`, a header for each of their parts but the payload. The key
/// is separate, so that each can be removed by itself: with a record without a value.
final class KafkaDeadLetters implements DeadLetterPublisher {
  private final RecordAppender appender;
  private final String topic;
  private final BusMetrics metrics;

  KafkaDeadLetters(RecordAppender appender, String topic, BusMetrics metrics) {
    this.appender = appender;
    this.topic = topic;
    this.metrics = metrics;
  }

  @Override
  public void publish(List<DeadLetter> letters) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(letters.size());
    letters.forEach(letter -> records.add(entry(letter)));
    appender.append(records);
    letters.forEach(letter -> metrics.deadLetters(letter.topic(), letter.reason(), 1));
  }

  @Override
  public void close() {
    appender.close();
  }

  private ProducerRecord<byte[], byte[]> entry(DeadLetter letter) {
    ProducerRecord<byte[], byte[]> entry =
        new ProducerRecord<>(topic, 0, utf8(UUID.randomUUID().toString()), letter.data());
    StoredDeadLetter.fields(letter)
        .forEach((name, value) -> entry.headers().add(name, utf8(value)));
    return entry;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
