package dev.mdp.bus.redis;

import dev.mdp.core.bus.DeadLetter;
import dev.mdp.core.bus.DeadLetterPublisher;
import dev.mdp.core.bus.StoredLetter;
import dev.mdp.core.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Appends dead letters to `<topic>.dlq`, a stream field for each of their parts.
final class RedisDeadLetters implements DeadLetterPublisher {
  private final StreamAppender appender;
  private final byte[] key;
  private final int batchSize;
  private final Metrics metrics;

  RedisDeadLetters(StreamAppender appender, byte[] key, int batchSize, Metrics metrics) {
    this.appender = appender;
    this.key = key;
    this.batchSize = batchSize;
    this.metrics = metrics;
  }

  @Override
  public void publish(List<DeadLetter> letters) {
    for (int from = 0; from < letters.size(); from += batchSize) {
      List<DeadLetter> batch = letters.subList(from, Math.min(letters.size(), from + batchSize));
      List<StreamAppender.Entry> entries = new ArrayList<>(batch.size());
      batch.forEach(letter -> entries.add(entry(letter)));
      appender.append(entries);
      batch.forEach(letter -> metrics.deadLetters(letter.topic(), letter.reason(), 1));
    }
  }

  @Override
  public void close() {
    appender.close();
  }

  private StreamAppender.Entry entry(DeadLetter letter) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(RedisPublisher.DATA);
    parts.add(letter.data());
    StoredLetter.fields(letter).forEach((name, value) -> add(parts, name, value));
    return new StreamAppender.Entry(key, parts.toArray(byte[][]::new));
  }

  private static void add(List<byte[]> parts, String name, String value) {
    parts.add(name.getBytes(StandardCharsets.UTF_8));
    parts.add(value.getBytes(StandardCharsets.UTF_8));
  }
}
